"""Prepares tax returns: per place and form, what was withheld in a month that is over.

The month is the one in which people were paid, whatever month they worked in. A month in which
nothing was withheld files nothing: no form we know asks for a nil return.
"""

from sqlalchemy import exists
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.tax_returns import filing_file
from vendorops.domain.lifecycle import WithholdingStatus
from vendorops.stages import Step
from vendorops.stages.filing.preparing import duties, last_month, prepare
from vendorops.tables import Contract, LegalEntity, Settlement, Withholding

__all__ = ["SUBJECT", "advance", "filing_file", "ready"]

SUBJECT = LegalEntity
OWNER = "tax"
"""The role that sees to what is refused here."""


def ready(books: Books) -> list[int]:
    """Return legal entities that withheld tax, in the month or before, that is in no return."""
    open_tax = (
        select(Withholding.id)
        .join(Settlement, col(Settlement.id) == col(Withholding.settlement_id))
        .join(Contract, col(Contract.id) == col(Settlement.contract_id))
        .where(
            col(Contract.legal_entity_id) == col(LegalEntity.id),
            col(Withholding.status) == WithholdingStatus.BOOKED,
            col(Withholding.filing_id).is_(None),
            col(Withholding.month) <= last_month(books),
        )
    )
    query = select(LegalEntity.id).where(exists(open_tax))
    return list(books.session.exec(query.order_by(col(LegalEntity.code))))


def advance(books: Books, ident: int) -> Step:
    """Prepare one return, the oldest month first."""
    entity = books.get(LegalEntity, ident)
    for duty, declared in duties(books, entity).items():
        prepare(books, entity, duty, declared)
        return Step.AGAIN
    return Step.DONE
