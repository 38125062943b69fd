"""Records what is known of a payee, or of one of our companies, for the tax law of a place."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.standing import refuse_outsider
from vendorops.domain.refusal import Refused
from vendorops.law import jurisdiction
from vendorops.tables import LegalEntity, Supplier, TaxStanding


class BadStanding(Refused):
    """Something that no rule of the place asks for, or nothing shows."""


@dataclass(frozen=True)
class Told:
    """What is to be recorded; an empty value ends what was."""

    place: str
    name: str
    value: str
    valid_from: date
    source: str


Whom = Supplier | LegalEntity
"""Whom something is recorded of: a payee, or one of our own companies that pays."""


def record(books: Books, whom: Whom, told: Told) -> TaxStanding:
    """Enter what one of our own people was told of somebody; the same word changes nothing."""
    refuse_outsider(books)
    law = jurisdiction(told.place)
    known = law.payer_standing if isinstance(whom, LegalEntity) else law.standing
    if told.name not in known:
        raise BadStanding(
            f"the law of {told.place} asks for no {told.name!r}; it asks for "
            f"{', '.join(sorted(known)) or 'nothing'}"
        )
    if told.value and told.value not in known[told.name]:
        raise BadStanding(
            f"{told.name} cannot be {told.value!r}; it is {', '.join(known[told.name])}, or empty "
            "where it holds no longer"
        )
    if not told.source.strip():
        raise BadStanding(f"say what shows that {told.name} is so, such as a notice and its day")
    for row in recorded(books, whom):
        if (row.place, row.name, row.valid_from) == (told.place, told.name, told.valid_from):
            if (row.value, row.source) == (told.value, told.source):
                return row
            break
    row = TaxStanding(id=books.key(), party_id=whom.party_id, entered_by=books.actor, **vars(told))
    books.enter(row, because=f"{told.name} {told.value or 'ended'}: {told.source}")
    return row


def recorded(books: Books, whom: Whom) -> list[TaxStanding]:
    """Return everything that was recorded of somebody, the last word first."""
    query = select(TaxStanding).where(col(TaxStanding.party_id) == whom.party_id)
    newest = (col(TaxStanding.valid_from).desc(), col(TaxStanding.id).desc())
    return list(books.session.exec(query.order_by(*newest)))
