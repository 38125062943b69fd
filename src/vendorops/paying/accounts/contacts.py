"""Keeps how a party is reached: entered once, never edited, the value in the vault."""

from dataclasses import dataclass

from sqlmodel import col, select

from vendorops.books import Books, vault
from vendorops.books.moments import latest
from vendorops.identifiers import masked
from vendorops.tables import BankAccount, Contact, Party


@dataclass(frozen=True)
class Reached:
    """A phone number or e-mail address, and how we know it."""

    kind: str
    value: str
    source: str
    found_in: str = ""

    def __repr__(self) -> str:
        return f"Reached({self.kind} {shown(self)})"


def shown(how: Reached) -> str:
    """Return a contact of which only the last digits, or the house it is at, can be read.

    >>> shown(Reached("email", "service@qintu.example", "portal"))
    's••••@qintu.example'
    """
    if how.kind != "email":
        return masked(how.value)
    name, _, house = how.value.partition("@")
    return f"{name[:1]}••••@{house}"


def enter_contact(
    books: Books, party: Party, how: Reached, request: BankAccount | None = None
) -> Contact:
    """Enter a contact and the proposal it came with; a known one keeps its age and origin."""
    index = vault.blind_index(books, how.value, f"contact/{how.kind}")
    query = select(Contact).where(
        col(Contact.party_id) == party.id,
        col(Contact.kind) == how.kind,
        col(Contact.value_index) == index,
        col(Contact.source) == how.source,
    )
    known = books.session.exec(query).one_or_none()
    if known:
        return known
    row = Contact(
        id=books.key(),
        reference=books.reference("CTC"),
        party_id=party.id,
        kind=how.kind,
        value_masked=shown(how),
        value_index=index,
        source=how.source,
        found_in=how.found_in,
        entered_by=books.actor,
        since=books.as_of,
        entered_at=latest(books),
        bank_account_id=request.id if request else None,
    )
    books.enter(row, because=f"{how.kind} by way of {how.source}")
    vault.keep(books, row, "value", how.value, retention="contact")
    return row


def contacts_of(books: Books, party_id: int) -> list[Contact]:
    """Return how a party is reached, what is known longest first."""
    query = select(Contact).where(col(Contact.party_id) == party_id)
    return list(books.session.exec(query.order_by(col(Contact.id))))


def on_file(books: Books, account: BankAccount) -> list[Contact]:
    """Return the contacts that are known by now, but for those that came with an account."""
    known = contacts_of(books, account.party_id)
    return [contact for contact in known if contact.bank_account_id != account.id]
