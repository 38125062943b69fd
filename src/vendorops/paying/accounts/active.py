"""Tells which account of a party money goes through."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import BankAccountStatus
from vendorops.tables import BankAccount


def active_account(books: Books, party_id: int, currency: str) -> BankAccount | None:
    """Return the account of a party that money of a currency goes through: the newest active."""
    query = (
        select(BankAccount)
        .where(
            col(BankAccount.party_id) == party_id,
            col(BankAccount.currency) == currency,
            col(BankAccount.status) == BankAccountStatus.ACTIVE,
            col(BankAccount.active_from) <= books.as_of,
        )
        .order_by(col(BankAccount.active_from).desc(), col(BankAccount.reference).desc())
    )
    return books.session.exec(query).first()
