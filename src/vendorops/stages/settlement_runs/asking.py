"""Puts a run before the approver: one answer about exactly the settlements that are in it."""

from sqlmodel import col, func, select

from vendorops.books import Books, Question
from vendorops.books.questions import who_answered
from vendorops.documents.statements import run_statement
from vendorops.domain.money import Money
from vendorops.paying.taking_part import taking_part
from vendorops.stages.settlement_runs.block import mine
from vendorops.tables import CheckFinding, LegalEntity, SettlementLine, SettlementRun


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
    asked = taking_part(mine(books, run, col(SettlementLine.settlement_id)))
    return tuple(sorted(set().union(*(who_answered(books, each) for each in asked))))
