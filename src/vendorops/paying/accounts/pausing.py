"""Tells whether a party's payments wait because its account is being changed."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.paying.accounts.proposing import CHANGING, IN_USE
from vendorops.tables import BankAccount


def paused(books: Books, party_id: int) -> str:
    """Return why no money goes to a party, whichever of its accounts; empty where it may."""
    query = select(BankAccount).where(
        col(BankAccount.party_id) == party_id, col(BankAccount.status).in_(CHANGING)
    )
    change = books.session.exec(query.order_by(col(BankAccount.id))).first()
    if change is None:
        return ""
    return (
        f"E_BANK_PAUSED: its account is being changed, {change.reference} is {change.status}; "
        "finish or revoke the change"
    )


def shared(books: Books, account: BankAccount) -> str:
    """Return why an account cannot be put into use: another party has it in use."""
    query = select(BankAccount.reference).where(
        col(BankAccount.number_index) == account.number_index,
        col(BankAccount.party_id) != account.party_id,
        col(BankAccount.status).in_(IN_USE),
    )
    other = books.session.exec(query).first()
    if other is None:
        return ""
    return (
        f"E_BANK_SHARED: {account.reference} has the number of {other}, which another party uses; "
        "find out whose it is and revoke one of them"
    )
