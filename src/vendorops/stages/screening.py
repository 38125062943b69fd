"""Screens the parties of all suppliers again whenever a list, the scorer or a name changed."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import ReviewStatus, SupplierStatus
from vendorops.screening import confirmed, due, screen
from vendorops.screening.hits import KIND
from vendorops.stages import Step
from vendorops.tables import Party, Review, Supplier

SUBJECT = Party
WORKING = (SupplierStatus.QUALIFIED, SupplierStatus.PREFERRED)


def ready(books: Books) -> list[int]:
    """Return the parties to be screened, and those that work for us although a hit is true."""
    return sorted({*due(books), *_to_be_suspended(books)})


def _to_be_suspended(books: Books) -> list[int]:
    query = (
        select(Supplier.party_id)
        .join(Review, col(Review.party_id) == col(Supplier.party_id))
        .where(
            col(Supplier.status).in_(WORKING),
            col(Review.kind) == KIND,
            col(Review.status) == ReviewStatus.CONFIRMED,
        )
    )
    return list(books.session.exec(query))


def advance(books: Books, ident: int) -> Step:
    """Screen a party; suspend its supplier where a person found a hit true."""
    party = books.get(Party, ident)
    screen(books, party)
    true = confirmed(books, party.id)
    query = select(Supplier).where(col(Supplier.party_id) == party.id)
    supplier = books.session.exec(query).one_or_none()
    if true and supplier and supplier.status in WORKING:
        because = f"{true[0].reference}: the screening hit was found true"
        books.move(supplier, SupplierStatus.SUSPENDED, because=because)
    return Step.DONE
