"""Enters an account as proposed: from then on the party's payments wait, and it is told."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from vendorops.books import Books, vault
from vendorops.books.moments import day_of, latest
from vendorops.books.withdrawing import withdraw
from vendorops.domain.lifecycle import BankAccountStatus
from vendorops.identifiers import identifier, masked
from vendorops.paying.accounts.notices import notify
from vendorops.tables import BankAccount, Party

BANKS = {
    "iban": "bic",
    "cn_account": "cn_cnaps",
    "cn_card": "cn_cnaps",
    "us_checking": "us_routing",
    "us_savings": "us_routing",
}
"""How the bank of an account of each scheme is named."""
CHANGING = (BankAccountStatus.PROPOSED, BankAccountStatus.VERIFIED, BankAccountStatus.APPROVED)
"""An account in one of these states is a change that is under way."""
IN_USE = (BankAccountStatus.VERIFIED, BankAccountStatus.APPROVED, BankAccountStatus.ACTIVE)
"""In these states an account is of one party only."""


@dataclass(frozen=True)
class Given:
    """An account as somebody gave it; its number is not shown when it is printed."""

    scheme: str
    number: str
    bank: str
    holder: str
    currency: str

    def __repr__(self) -> str:
        return f"Given({self.scheme} {masked(self.number)})"


def checked(given: Given) -> Given:
    """Return an account in its canonical spelling, or refuse it."""
    number = identifier(given.scheme).check(given.number)
    bank = given.bank
    if given.scheme in BANKS:
        bank = identifier(BANKS[given.scheme]).check(bank)
    return Given(given.scheme, number, bank, given.holder, given.currency)


def index_of(books: Books, given: Given) -> str:
    """Return the blind index of a checked account."""
    return vault.blind_index(books, given.number, given.scheme)


def known(books: Books, party: Party, given: Given) -> BankAccount | None:
    """Return the party's own account of that number, in use or on its way there."""
    query = select(BankAccount).where(
        col(BankAccount.party_id) == party.id,
        col(BankAccount.number_index) == index_of(books, given),
        col(BankAccount.status).in_((*CHANGING, BankAccountStatus.ACTIVE)),
    )
    return books.session.exec(query).first()


def propose(books: Books, party: Party, given: Given, by: str) -> BankAccount:
    """Enter a checked account that is not there yet; a change under way is revoked.

    Who may do this is asked before, by whoever takes the proposal in.
    """
    revoke_changes(books, party, because="another one was proposed")
    row = books.enter(_row(books, party, given, by), because=f"proposed by {by}")
    vault.keep(books, row, "number", given.number, retention="bank")
    notify(books, row)
    return row


def _row(books: Books, party: Party, given: Given, by: str) -> BankAccount:
    at = latest(books)
    columns: dict[str, Any] = {
        name: getattr(given, name) for name in ("holder", "scheme", "bank", "currency")
    }
    return BankAccount(
        id=books.key(),
        reference=books.reference("ACC"),
        party_id=party.id,
        number_masked=masked(given.number),
        number_index=index_of(books, given),
        proposed_by=by,
        entered_by=books.actor,
        proposed_on=max(books.as_of, day_of(books, at)),
        proposed_at=at,
        **columns,
    )


def revoke_changes(books: Books, party: Party, because: str) -> None:
    """End every change of a party's account that is under way."""
    query = select(BankAccount).where(
        col(BankAccount.party_id) == party.id, col(BankAccount.status).in_(CHANGING)
    )
    for account in books.session.exec(query.order_by(col(BankAccount.id))):
        revoke(books, account, because)


def revoke(books: Books, account: BankAccount, because: str) -> None:
    """Take an account out of use, or end its way there; its open questions are void."""
    withdraw(books, account, because=because)
    books.move(account, BankAccountStatus.REVOKED, because=because)
