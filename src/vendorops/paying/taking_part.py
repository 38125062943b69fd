"""Finds who took part in what a settlement pays: nobody approves what he let come about."""

from sqlalchemy import ColumnElement, Executable
from sqlmodel import col, select

from vendorops.books.questions import answers
from vendorops.tables import (
    Allocation,
    Decision,
    Dispute,
    InvoiceLine,
    SettlementLine,
    WorkItem,
)


def taking_part(settled: ColumnElement[bool]) -> list[Executable]:
    """Return who let lines pass, accepted their work, and ended disputes of their invoices.

    `settled` is the condition on the settled lines; what is returned goes to `who_answered`.
    Asked one by one: a database that is asked for any of them looks through all answers there are.
    """
    lines = select(SettlementLine.invoice_line_id).where(settled)
    invoices = select(InvoiceLine.invoice_id).where(col(InvoiceLine.id).in_(lines))
    sheets = (
        select(WorkItem.service_sheet_id)
        .join(Allocation, col(Allocation.work_item_id) == col(WorkItem.id))
        .where(col(Allocation.invoice_line_id).in_(lines))
    )
    disputes = select(Dispute.id).where(col(Dispute.invoice_id).in_(invoices))
    kinds = (
        ("exception", "invoice", invoices),
        ("acceptance", "servicesheet", sheets),
        ("dispute", "dispute", disputes),
    )
    return [
        answers(
            col(Decision.kind) == kind,
            col(Decision.subject_table) == table,
            col(Decision.subject_id).in_(subjects),
        )
        for kind, table, subjects in kinds
    ]
