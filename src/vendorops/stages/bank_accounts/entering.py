"""What people hand in about accounts: proposals, contacts, name checks, revocations."""

from typing import Annotated, Literal

from pydantic import StringConstraints, model_validator
from sqlmodel import col, select

from vendorops.books import Answer, Books, answer
from vendorops.books.questions import OPEN
from vendorops.documents import keep
from vendorops.documents.forms import Form, Words, read_form
from vendorops.domain.lifecycle import BankAccountStatus
from vendorops.domain.refusal import Refused
from vendorops.paying.accounts.contacts import Reached, enter_contact
from vendorops.paying.accounts.proposing import Given, checked, known, propose, revoke
from vendorops.paying.accounts.rights import check_proposer, check_reporter, check_revoker
from vendorops.tables import (
    BankAccount,
    Contact,
    Decision,
    LegalEntity,
    Party,
    Supplier,
    TaxOffice,
)

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
LARGEST = 10 * 2**20
"""Bytes of an evidence; the answer of a bank is a page or two."""
REVOCABLE = (
    BankAccountStatus.PROPOSED,
    BankAccountStatus.VERIFIED,
    BankAccountStatus.APPROVED,
    BankAccountStatus.ACTIVE,
)


class BadAccount(Refused):
    """What was handed in about an account cannot be entered."""


class AccountProposal(Form):
    """Another account of a party; there is no other way in but an application."""

    scheme: Code
    """A module of identifiers/, such as `iban` or `cn_account`."""
    number: Words
    bank: Code
    """BIC of the bank for an IBAN, else its number in the clearing system."""
    holder: Words
    currency: Currency


class ContactForm(Form):
    """How a party is reached, and how we know."""

    kind: Literal["phone", "email"]
    value: Words
    """A number with its country such as `+86 21 5555 0100`, or an address."""
    source: Literal["portal", "buyer", "register"]
    found_in: Words | Literal[""] = ""
    """The public register and its entry; asked for where the source is one."""

    @model_validator(mode="after")
    def _complete(self) -> "ContactForm":
        if self.source == "register" and not self.found_in:
            raise ValueError("found_in is missing; name the register and its entry")
        return self


def propose_account(books: Books, supplier: str, data: bytes) -> BankAccount:
    """Propose another account of a supplier in the name of the actor, from a strict form.

    All its payments wait from now on. The account that is in use or proposed already stays.
    """
    party = party_named(books, supplier)
    check_proposer(books, party)
    form = read_form(data, AccountProposal, "the proposal")
    try:
        given = checked(Given(form.scheme, form.number, form.bank, form.holder, form.currency))
    except Refused as refusal:
        raise BadAccount(f"E_BANK_NUMBER: {refusal}") from None
    return known(books, party, given) or propose(books, party, given, books.actor)


def record_contact(books: Books, supplier: str, data: bytes) -> Contact:
    """Enter how a supplier is reached, in the name of the actor, from a strict form."""
    party = party_named(books, supplier)
    form = read_form(data, ContactForm, "the contact")
    check_reporter(books, party, form.source)
    value = reachable(form.kind, form.value)
    return enter_contact(books, party, Reached(form.kind, value, form.source, form.found_in))


def reachable(kind: str, value: str) -> str:
    """Return a number without blanks or an address as it is; refuse what cannot be one."""
    plain = value.translate({ord(sign): None for sign in " -()"}) if kind == "phone" else value
    digits = plain.removeprefix("+")
    number = kind == "phone" and plain.startswith("+") and digits.isascii() and digits.isdigit()
    address = kind == "email" and plain.count("@") == 1 and not set(plain) & set(" ,;<>")
    if number or address:
        return plain
    raise BadAccount(
        f"E_BANK_CONTACT_VALUE: this is no {kind}; write a number with its country, such as "
        "+86 21 5555 0100, or one address"
    )


def check_name(books: Books, reference: str, said: dict[str, str], evidence: bytes) -> Decision:
    """Answer the open question whose an account is, keeping what the bank said as evidence."""
    account = books.named(BankAccount, reference)
    query = select(Decision.reference).where(
        col(Decision.subject_table) == "bankaccount",
        col(Decision.subject_id) == account.id,
        col(Decision.kind) == "bank_name_check",
        col(Decision.status).in_(OPEN),
    )
    asked = books.session.exec(query).first()
    if asked is None:
        raise BadAccount(
            f"E_BANK_NOT_ASKED: nobody is asked whose {account.reference} is; see vendorops inbox"
        )
    if not 0 < len(evidence) <= LARGEST:
        raise BadAccount("E_BANK_NO_EVIDENCE: the evidence is empty or larger than 10 MiB")
    digest = keep(books, evidence, f"name check of {account.reference}", said.get("suffix", ""))
    detail = {name: said[name] for name in ("method", "result")} | {"evidence": digest}
    verdict = "reject" if said["result"] == "no_match" else "approve"
    return answer(books, Answer(asked, verdict, said["reason"], detail))


def revoke_account(books: Books, reference: str, reason: str) -> BankAccount:
    """Take an account out of use, or end its way there, in the name of the actor."""
    account = books.named(BankAccount, reference)
    check_revoker(books, books.get(Party, account.party_id))
    if account.status not in REVOCABLE:
        raise BadAccount(f"E_BANK_REVOKER: {account.reference} is {account.status} already")
    revoke(books, account, f"{reason}, by {books.actor}")
    return account


def party_named(books: Books, reference: str) -> Party:
    """Return a supplier's or tax office's party by reference, or our own company's by its code."""
    if reference.startswith("TXO-"):
        return books.get(Party, books.named(TaxOffice, reference).party_id)
    ours = select(LegalEntity).where(col(LegalEntity.code) == reference)
    entity = books.session.exec(ours).one_or_none()
    owner = entity or books.named(Supplier, reference)
    return books.get(Party, owner.party_id)
