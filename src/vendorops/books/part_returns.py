"""Parts of payments that came back: how much of a payment did, and what pays it once more."""

from sqlalchemy import func
from sqlmodel import col, select

from vendorops.books.unit import Books
from vendorops.domain.money import Money
from vendorops.tables import PartReturn, Payment, Settlement


def came_back_in_parts(books: Books, payment: Payment) -> Money:
    """Return what of a payment came back in parts that are owed anew."""
    query = select(func.coalesce(func.sum(PartReturn.amount_minor), 0)).where(
        col(PartReturn.payment_id) == payment.id
    )
    return Money(int(books.session.exec(query).one()), payment.currency)


def part_paid_by(books: Books, payment: Payment) -> PartReturn | None:
    """Return the part that a payment pays once more; None where it pays for the first time."""
    if payment.returned_by_id is None:
        return None
    query = select(PartReturn).where(col(PartReturn.bank_entry_id) == payment.returned_by_id)
    return books.session.exec(query).one()


def paid_by(books: Books, payment: Payment) -> tuple[Settlement, PartReturn | None]:
    """Return the settlement that a payment pays, and the part of it that it pays once more."""
    part = part_paid_by(books, payment)
    ident = part.settlement_id if part else payment.settlement_id
    return books.get(Settlement, ident or 0), part


def settlement_of(books: Books, payment: Payment) -> Settlement:
    """Return the settlement that a payment pays, whole or a part of it once more."""
    return paid_by(books, payment)[0]
