"""Prepares tax returns: per place and form, what was withheld in a month that is over.

The month is the one in which people were paid, whatever month they worked in. A month in which
nothing was withheld files nothing: no form we know asks for a nil return. Tax kept back after a
return was prepared makes another version of it, and after it was handed in an amendment.
"""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.tax_returns import filing_file
from vendorops.stages import Step
from vendorops.stages.filing.owed import duties, undeclared
from vendorops.stages.filing.preparing import NotAmendable, amend, prepare, prepare_again
from vendorops.stages.filing.reporting import AlreadyReported, prepare_report
from vendorops.tables import LegalEntity

__all__ = [
    "SUBJECT",
    "AlreadyReported",
    "NotAmendable",
    "advance",
    "amend",
    "filing_file",
    "prepare_again",
    "prepare_report",
    "ready",
]

SUBJECT = LegalEntity
OWNER = "tax"
"""The role that sees to what is refused here."""


def ready(books: Books) -> list[int]:
    """Return legal entities that withheld tax, in the month or before, that is in no return."""
    query = select(LegalEntity.id).where(col(LegalEntity.id).in_(undeclared(books)))
    return list(books.session.exec(query.order_by(col(LegalEntity.code))))


def advance(books: Books, ident: int) -> Step:
    """Prepare one return, the oldest month first."""
    entity = books.get(LegalEntity, ident)
    for duty in duties(books, entity):
        prepare(books, entity, duty)
        return Step.AGAIN
    return Step.DONE
