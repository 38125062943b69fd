"""Puts a run before the approver: one answer about exactly the settlements that are in it."""

from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from vendorops.books import Books, Question
from vendorops.books.questions import those_who_answered
from vendorops.documents.statements import run_statement
from vendorops.domain.money import Money
from vendorops.stages.settlement_runs.block import mine
from vendorops.tables import (
    Allocation,
    CheckFinding,
    Decision,
    Dispute,
    InvoiceLine,
    LegalEntity,
    SettlementLine,
    SettlementRun,
    WorkItem,
)


def question(books: Books, run: SettlementRun) -> Question:
    """Return what the approver is asked about a run."""
    entity = books.get(LegalEntity, run.legal_entity_id)
    payable = Money(run.payable_minor, run.currency)
    withheld = Money(run.withheld_minor, run.currency)
    return Question(
        kind="settlement",
        subject=run,
        content=run_statement(books, run),
        sentence=(
            f"Pay {run.count} people of {entity.code} {payable} in all for {run.month}, after "
            f"{withheld} of tax withheld?{_warned(books, run)}"
        ),
        role="approver",
        amount=payable,
        program=run.program,
        place=run.place,
        not_by=_who_took_part(books, run),
    )


def _warned(books: Books, run: SettlementRun) -> str:
    query = (
        select(CheckFinding.code, func.count())
        .where(
            col(CheckFinding.subject_table) == "settlement",
            mine(books, run, col(CheckFinding.subject_id)),
        )
        .group_by(col(CheckFinding.code))
        .order_by(col(CheckFinding.code))
    )
    told = [f"{code} of {count}" for code, count in books.session.exec(query)]
    return f" Warnings: {', '.join(told)}" if told else ""


def _who_took_part(books: Books, run: SettlementRun) -> tuple[str, ...]:
    """Return who accepted the work, let parts of the invoices pass, or ended their disputes."""
    lines = select(SettlementLine.invoice_line_id).where(
        mine(books, run, col(SettlementLine.settlement_id))
    )
    invoices = select(InvoiceLine.invoice_id).where(col(InvoiceLine.id).in_(lines))
    sheets = (
        select(WorkItem.service_sheet_id)
        .join(Allocation, col(Allocation.work_item_id) == col(WorkItem.id))
        .where(col(Allocation.invoice_line_id).in_(lines))
    )
    disputes = select(Dispute.id).where(col(Dispute.invoice_id).in_(invoices))
    found = _answered(books, "exception", "invoice", invoices)
    found |= _answered(books, "acceptance", "servicesheet", sheets)
    return tuple(sorted(found | _answered(books, "dispute", "dispute", disputes)))


def _answered(books: Books, kind: str, table: str, subjects: SelectOfScalar[int]) -> set[str]:
    return those_who_answered(
        books,
        col(Decision.kind) == kind,
        col(Decision.subject_table) == table,
        col(Decision.subject_id).in_(subjects),
    )
