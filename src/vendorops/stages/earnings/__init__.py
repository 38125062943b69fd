"""Enters what people earned by their pay plans, once the days of a stretch are over."""

from sqlalchemy import func, or_
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.earnings import KIND
from vendorops.domain.lifecycle import AgreedTermStatus
from vendorops.domain.periods import DAY
from vendorops.stages import Step
from vendorops.stages.earnings.closing import close
from vendorops.tables import AgreedTerm, Contract, EarningFact

__all__ = ["SUBJECT", "advance", "ready"]

SUBJECT = Contract
SETTLED = 400 * DAY
"""So long after a contract only a new fact makes anybody look again."""
OWNER = "finance"
"""The role that sees to what is refused here."""


def ready(books: Books) -> list[int]:
    """Return contracts with an agreed pay plan, and days or facts that nobody looked at."""
    reported = (
        select(func.count())
        .where(col(EarningFact.contract_id) == col(AgreedTerm.contract_id))
        .scalar_subquery()
    )
    behind = (col(AgreedTerm.closed_through) < (books.as_of - DAY).isoformat()) & (
        col(Contract.ends_on) > books.as_of - SETTLED
    )
    query = (
        select(Contract)
        .join(AgreedTerm, col(AgreedTerm.contract_id) == col(Contract.id))
        .where(
            col(AgreedTerm.kind) == KIND,
            col(AgreedTerm.status) == AgreedTermStatus.AGREED.value,
            or_(col(AgreedTerm.counted_sheets) != reported, behind),
        )
    )
    return sorted({row.id for row in books.session.exec(query)})


def advance(books: Books, ident: int) -> Step:
    """Enter what stretches of a contract came to that are over, less what was entered."""
    return close(books, books.get(Contract, ident))
