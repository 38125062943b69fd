"""Puts a settlement before the approver, with its warnings, and keeps out who took part in it."""

from sqlalchemy import Executable, bindparam
from sqlmodel import col, select

from vendorops.books import Books, Question
from vendorops.books.questions import answers, who_answered
from vendorops.documents.statements import findings_of, settlement_statement
from vendorops.domain.money import Money
from vendorops.tables import (
    Allocation,
    Contract,
    Decision,
    Dispute,
    InvoiceLine,
    Settlement,
    SettlementLine,
    Supplier,
    WorkItem,
)


def question(books: Books, settlement: Settlement) -> Question:
    """Return what the approver is asked about a settlement."""
    supplier = books.get(Supplier, settlement.supplier_id)
    contract = books.get(Contract, settlement.contract_id)
    payable = Money(settlement.payable_minor, settlement.currency)
    withheld = Money(settlement.withheld_minor, settlement.currency)
    return Question(
        kind="settlement",
        subject=settlement,
        content=settlement_statement(books, settlement),
        sentence=(
            f"Pay {supplier.reference} {payable} under {contract.reference} for "
            f"{settlement.month}, after {withheld} of tax withheld?{_warned(books, settlement)}"
        ),
        role="approver",
        party_id=supplier.party_id,
        amount=payable,
        program=contract.program,
        place=contract.place,
        not_by=_who_took_part(books, settlement),
    )


def _warned(books: Books, settlement: Settlement) -> str:
    found = findings_of(books, settlement)
    if not found:
        return ""
    many = f"{len(found)} warnings, the first" if len(found) > 1 else "1 warning"
    return f" {many}: {found[0].message}"


def _who_took_part(books: Books, settlement: Settlement) -> tuple[str, ...]:
    """Return who accepted the settled work, or let parts of these invoices pass."""
    found = [who_answered(books, asked, settlement=settlement.id) for asked in _TOOK_PART]
    return tuple(sorted(set().union(*found)))


def _taking_part() -> list[Executable]:
    """Return who let lines pass, accepted their work, and ended disputes of their invoices.

    Asked one by one: a database that is asked for any of them looks through all answers there are.
    """
    lines = select(SettlementLine.invoice_line_id).where(
        col(SettlementLine.settlement_id) == bindparam("settlement")
    )
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


_TOOK_PART = _taking_part()
