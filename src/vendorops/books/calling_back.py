"""Which call proves an account: to a number we knew before, reading the number we were given.

A supplier that never had an account in use has no number of some age. For its first one, the
number must come from an independent source instead: found in a public register by somebody of
ours who neither proposes nor verifies nor approves. Everything else stays the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from vendorops.books.moments import latest
from vendorops.books.unit import Books
from vendorops.domain.bank_policy import POLICY
from vendorops.domain.lifecycle import BankAccountStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import BankAccount, Contact, LegalEntity

USED = (BankAccountStatus.ACTIVE, BankAccountStatus.SUPERSEDED)


class TooOld(Refused):
    """The account was proposed before there was this protocol."""


@dataclass(frozen=True)
class Call:
    """Whom one of us called, when, and the blind index of what was read."""

    contact: Contact
    called_by: str
    called_at: datetime
    read_back_index: str


def is_ours(books: Books, account: BankAccount) -> bool:
    """Tell whether an account belongs to one of our own companies: there is nobody to call."""
    query = select(LegalEntity.id).where(col(LegalEntity.party_id) == account.party_id)
    return books.session.exec(query).first() is not None


def is_first(books: Books, account: BankAccount) -> bool:
    """Tell whether the party had no account in use that was proposed before this one."""
    before = col(BankAccount.proposed_at)
    query = select(BankAccount.id).where(
        col(BankAccount.party_id) == account.party_id,
        col(BankAccount.id) != account.id,
        col(BankAccount.active_from).is_not(None) | col(BankAccount.status).in_(USED),
        before.is_(None) | (before < _proposed(account)),
    )
    return books.session.exec(query).first() is None


def obstacle(books: Books, account: BankAccount, call: Call) -> str:
    """Return why a call does not prove an account; empty where it does."""
    return next((said for rule in RULES if (said := rule(books, account, call))), "")


def _known(_books: Books, account: BankAccount, call: Call) -> str:
    if call.contact.party_id == account.party_id and call.contact.kind == "phone":
        return ""
    return (
        f"E_BANK_CONTACT_UNKNOWN: {call.contact.reference} is no number of the party concerned; "
        "see vendorops account show"
    )


def _from_elsewhere(_books: Books, account: BankAccount, call: Call) -> str:
    contact = call.contact
    if contact.bank_account_id is None or contact.bank_account_id != account.id:
        return ""
    return (
        f"E_BANK_CONTACT_FROM_REQUEST: {contact.reference} came with {account.reference} itself; "
        "call a number that was on file before"
    )


def _old_enough(books: Books, account: BankAccount, call: Call) -> str:
    if is_first(books, account):
        return ""
    age, contact = POLICY.on(_proposed(account).date()).contact_age, call.contact
    on_day = account.proposed_on is not None and contact.since + age <= account.proposed_on
    if on_day and contact.entered_at + age <= _proposed(account):
        return ""
    return (
        f"E_BANK_CONTACT_YOUNG: {contact.reference} was not on file for {age.days} days when "
        f"{account.reference} was proposed; call an older number"
    )


def _independent(books: Books, account: BankAccount, call: Call) -> str:
    contact = call.contact
    if contact.source == "register" or not is_first(books, account):
        return ""
    return (
        f"E_BANK_CONTACT_NOT_INDEPENDENT: {contact.reference} was given by the party itself, and "
        f"{account.reference} is its first account; have a buyer find its number in a public "
        "register"
    )


def _recorded_by_another(_books: Books, account: BankAccount, call: Call) -> str:
    contact = call.contact
    theirs = contact.source in ("application", "portal")
    if theirs or contact.entered_by not in (
        account.proposed_by,
        account.entered_by,
        call.called_by,
    ):
        return ""
    return (
        f"E_BANK_CONTACT_OWN: {contact.entered_by} recorded {contact.reference} and may not "
        "propose or verify by it; have another one recorded by somebody else"
    )


def _read_back(_books: Books, account: BankAccount, call: Call) -> str:
    if call.read_back_index == account.number_index:
        return ""
    return (
        "E_BANK_READBACK_DIFFERS: what the vendor read is not the account of "
        f"{account.reference}; reject it, or call again"
    )


def _in_time(books: Books, account: BankAccount, call: Call) -> str:
    if _proposed(account) <= call.called_at <= latest(books):
        return ""
    return (
        f"E_BANK_CALL_TIME: the call must lie between the proposal of {account.reference} and now"
    )


def _proposed(account: BankAccount) -> datetime:
    if account.proposed_at is None:
        raise TooOld(
            f"E_BANK_NO_CALLBACK: {account.reference} was proposed before calls were asked for; "
            "propose it anew"
        )
    return account.proposed_at


Rule = Callable[[Books, BankAccount, Call], str]
RULES: tuple[Rule, ...] = (
    _known,
    _from_elsewhere,
    _old_enough,
    _independent,
    _recorded_by_another,
    _read_back,
    _in_time,
)
"""In this order the first that is broken is told."""
