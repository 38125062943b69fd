"""Tells what was recorded of payees and of our own companies for a tax law on a day."""

from datetime import date

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.law import jurisdiction
from vendorops.tables import LegalEntity, Party, TaxStanding


def standing_of(books: Books, payee: Party, place: str, day: date) -> dict[str, str]:
    """Return what is known of a payee for a place on a day, by name."""
    known = {"home": payee.place, "scheme": payee.identifier_scheme}
    return known | (_held(books, payee.id, place, day) if jurisdiction(place).standing else {})


def payer_standing_of(books: Books, payer: LegalEntity, place: str, day: date) -> dict[str, str]:
    """Return what was recorded of one of our companies for a place, as it holds on a day."""
    asked = jurisdiction(place).payer_standing
    return _held(books, payer.party_id, place, day) if asked else {}


def _held(books: Books, party_id: int, place: str, day: date) -> dict[str, str]:
    query = select(TaxStanding).where(
        col(TaxStanding.party_id) == party_id,
        col(TaxStanding.place) == place,
        col(TaxStanding.valid_from) <= day,
    )
    rows = books.session.exec(query.order_by(col(TaxStanding.valid_from), col(TaxStanding.id)))
    found = {row.name: row.value for row in rows}
    return {name: value for name, value in found.items() if value}
