"""What proves that an account is its owner's: numbers to call, calls, name checks, notices."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.tables.columns import Row, day, instant, link, one_of, strict, text


class Contact(Row, table=True):
    """Where a party can be reached; never edited and never deleted, the value in the vault."""

    __table_args__ = strict(
        one_of("kind", ("phone", "email")),
        one_of("source", ("application", "portal", "buyer", "register")),
        UniqueConstraint("reference"),
        UniqueConstraint("party_id", "kind", "value_index", "source"),
        CheckConstraint("source <> 'register' OR found_in <> ''", name="register_is_named"),
    )
    witnessed: ClassVar[bool] = True

    reference: str = text()
    party_id: int = link("party")
    kind: str = text()
    value_masked: str = text()
    value_index: str = text()
    """Blind index of the value: equal ones are found without being read."""
    source: str = text()
    """How we know it; `register`: one of ours found it in a public register."""
    found_in: str = text(default="")
    """Which register, and under which entry."""
    entered_by: str = text()
    since: date = day()
    entered_at: datetime = instant()
    """The later of the clock and the history's end: a number's age is counted from both."""
    bank_account_id: int | None = link("bankaccount", optional=True)
    """The proposal it came with, if it came with one: that one it can never prove."""


class CallBack(Row, table=True):
    """One call to a number on file, in which the vendor read the account back to us."""

    __table_args__ = strict(UniqueConstraint("decision_id"))
    witnessed: ClassVar[bool] = True

    bank_account_id: int = link("bankaccount")
    contact_id: int = link("contact")
    decision_id: int = link("decision")
    called_by: str = text()
    spoke_with: str = text()
    called_at: datetime = instant()
    read_back_index: str = text()
    """Blind index of what was read; the number itself is kept nowhere."""


class NameCheck(Row, table=True):
    """What a bank or a paper says about whose an account is (VoP, CoP, statement, letter)."""

    __table_args__ = strict(
        one_of("method", ("vop", "cop", "statement", "letter")),
        one_of("result", ("match", "close_match", "no_match")),
        UniqueConstraint("decision_id"),
    )
    witnessed: ClassVar[bool] = True

    bank_account_id: int = link("bankaccount")
    decision_id: int = link("decision")
    method: str = text()
    result: str = text()
    checked_by: str = text()
    checked_on: date = day()
    evidence_sha256: str = text()
    """The answer or paper, in the document store."""


class AccountNotice(Row, table=True):
    """A letter that told an old contact, or the owner among us, of a proposed account."""

    __table_args__ = strict(
        one_of("told", ("contact", "owner")),
        UniqueConstraint("bank_account_id", "told", "contact_id"),
    )
    witnessed: ClassVar[bool] = True

    bank_account_id: int = link("bankaccount")
    told: str = text()
    contact_id: int | None = link("contact", optional=True)
    sha256: str = text()
    promised_on: date = day()
