"""How many people we employ ourselves: what the share of dispatched workers is measured by."""

from datetime import date

from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.books.standing import refuse_outsider
from vendorops.domain.refusal import Refused
from vendorops.tables import Headcount, LegalEntity


class BadHeadcount(Refused):
    """A number of employees that cannot be."""


def set_headcount(
    books: Books, of: LegalEntity, place: str, valid_from: date, told: tuple[int, str]
) -> Headcount:
    """Enter how many people we employ from a day on; told as number and reason."""
    refuse_outsider(books)
    log.lock(books.session)
    employees, reason = told
    if employees < 0:
        raise BadHeadcount("employees: nobody employs fewer than none; correct the number")
    row = Headcount(
        id=books.key(),
        legal_entity_id=of.id,
        place=place,
        valid_from=valid_from,
        employees=employees,
        reason=reason,
        entered_by=books.actor,
    )
    return books.enter(row, because=f"{employees} own employees of {of.code} from {valid_from}")


def headcounts(books: Books, legal_entity_id: int, place: str) -> list[Headcount]:
    """Return what was said of how many people we employ, the newest day first."""
    query = select(Headcount).where(
        col(Headcount.legal_entity_id) == legal_entity_id, col(Headcount.place) == place
    )
    newest = (col(Headcount.valid_from).desc(), col(Headcount.id).desc())
    return list(books.session.exec(query.order_by(*newest)))
