"""Finds parties whose names look or sound alike, in one query however many there are."""

from dataclasses import dataclass

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.naming import name_keys
from vendorops.tables import LegalEntity, NameKey, Party, Supplier


@dataclass(frozen=True)
class Alike:
    """Another party, as people know it."""

    party: Party
    reference: str
    """`SUP-2026-000001`, or the code of our own company."""


def index_name(books: Books, party: Party) -> None:
    """Enter the keys by which a party's name is found, in place of those of a name it had."""
    keys = name_keys(party.name, party.kind)
    kept = books.session.exec(select(NameKey).where(col(NameKey.party_id) == party.id)).all()
    for row in kept:
        if row.key not in keys:
            books.session.delete(row)
    for key in sorted(keys - {row.key for row in kept}):
        books.session.add(NameKey(id=books.key(), party_id=party.id, key=key))
    books.session.flush()


def alike(books: Books, party: Party) -> list[Alike]:
    """Return the other parties that share a key with this one, oldest first."""
    keys = name_keys(party.name, party.kind)
    sharing = select(NameKey.party_id).where(col(NameKey.key).in_(keys))
    query = select(Party).where(col(Party.id).in_(sharing), col(Party.id) != party.id)
    found = books.session.exec(query.order_by(col(Party.id)))
    return [Alike(other, reference_of(books, other.id)) for other in found]


def reference_of(books: Books, party_id: int) -> str:
    """Return what people call a party: its supplier's reference, or our own company's code."""
    supplier = select(Supplier.reference).where(col(Supplier.party_id) == party_id)
    entity = select(LegalEntity.code).where(col(LegalEntity.party_id) == party_id)
    return (
        books.session.exec(supplier).first()
        or books.session.exec(entity).first()
        or "a party without reference"
    )
