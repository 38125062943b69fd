"""The call in which a vendor reads its account back: kept without the account."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import col, select

from vendorops.books import calling_back, vault
from vendorops.books.answers._given import Given
from vendorops.books.unit import Books
from vendorops.domain.refusal import Refused
from vendorops.identifiers import identifier
from vendorops.tables import BankAccount, Contact, Decision

NEEDED = ("contact", "spoke_with", "called_at", "read_back")
LONGEST = 100
"""Characters of a name."""


class NoCallBack(Refused):
    """The answer does not tell of a call that proves anything."""


def checked(books: Books, decision: Decision, given: Given) -> Mapping[str, object]:
    """Return contact, person, instant and blind index of a call; nothing of a refusal."""
    account = books.get(BankAccount, decision.subject_id)
    if not given.approves or calling_back.is_ours(books, account):
        return {}
    missing = [name for name in NEEDED if not given.text(name)]
    if missing:
        raise NoCallBack(
            f"E_BANK_NO_CALLBACK: {decision.reference} needs a call to a number on file; give "
            f"{', '.join(missing)} with --detail"
        )
    contact = _contact(books, given.text("contact"))
    index = _index(books, account, given.text("read_back"))
    call = calling_back.Call(contact, books.actor, _instant(given.text("called_at")), index)
    refused = calling_back.obstacle(books, account, call)
    if refused:
        raise NoCallBack(refused)
    return {
        "contact": contact.reference,
        "spoke_with": given.text("spoke_with")[:LONGEST],
        "called_at": call.called_at.isoformat(),
        "read_back_index": index,
    }


def _contact(books: Books, reference: str) -> Contact:
    query = select(Contact).where(col(Contact.reference) == reference)
    found = books.session.exec(query).one_or_none()
    if found is None:
        raise NoCallBack(
            "E_BANK_CONTACT_UNKNOWN: no such contact is on file; see vendorops account show"
        )
    return found


def _index(books: Books, account: BankAccount, spoken: str) -> str:
    try:
        number = identifier(account.scheme).check(spoken)
    except Refused:
        raise NoCallBack(
            "E_BANK_READBACK_DIFFERS: what was read back is no account of its kind; call again"
        ) from None
    return vault.blind_index(books, number, account.scheme)


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise NoCallBack(
            "E_BANK_CALL_TIME: called_at must be an instant with its zone, such as "
            "2026-10-31T09:30+08:00"
        )
    return found
