"""The application a supplier hands in, and what must be right about it before anything is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from vendorops.documents.forms import Form, IsoDay, Words
from vendorops.documents.proposal import Where, facts_proposed
from vendorops.documents.proposal_forms import (
    Code,
    Currency,
    Email,
    FileName,
    Handle,
    ProposalForm,
)
from vendorops.domain.contract_facts import ContractFacts
from vendorops.domain.refusal import Refused
from vendorops.identifiers import identifier
from vendorops.law import codes as law_codes
from vendorops.registry import Unknown
from vendorops.requirements import codes as required_codes

Digit = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,15}(\.[0-9]{1,6})?$")]
"""A plain number, not negative."""
Phone = Annotated[str, StringConstraints(pattern=r"^\+[0-9]{1,3}[0-9 ]{4,16}[0-9]$")]
"""With its country: `+86 21 5555 0100`."""


class BadApplication(Refused):
    """The application cannot be entered as it is."""


class Identity(Form):
    """The number a party is registered under."""

    scheme: Code
    """A module of identifiers/."""
    number: Words


class PartyForm(Form):
    """Who applies, or who we are."""

    kind: Literal["organization", "person"]
    name: Words
    place: Code
    identifier: Identity
    address: Words
    email: Email | Literal[""] = ""
    phone: Phone | Literal[""] = ""


class AccountForm(Form):
    """Where money goes."""

    scheme: Code
    """A module of identifiers/, such as `iban` or `cn_account`."""
    number: Words
    bank: Code
    """BIC of the bank for an IBAN, else its number in the clearing system."""
    holder: Words
    currency: Currency


class PaperForm(Form):
    """A licence, insurance or proof, with the file that shows it."""

    kind: Code
    issuer: Words
    number: Words
    valid_from: IsoDay
    valid_to: IsoDay | None = None
    """First day on which it no longer holds."""
    figures: dict[Code, Digit] = Field(default_factory=dict)
    """What it must state beside its number, such as `registered_capital`: plain digits."""
    file: FileName


class Application(Form):
    """What one supplier wants to do for us: one program, in one place."""

    legal_entity: Code
    program: Code
    place: Code
    supplier_kind: Code
    signer: Handle
    party: PartyForm
    bank_account: AccountForm
    contract: ProposalForm
    documents: Annotated[tuple[PaperForm, ...], Field(max_length=40)] = ()


@contextmanager
def at(where: str) -> Iterator[None]:
    """Say where in the application it was that something was refused."""
    try:
        yield
    except Refused as refusal:
        raise BadApplication(f"{where}: {refusal}") from None


def place(code: str) -> None:
    """Refuse a place that neither the law nor the requirements know.

    Where we know what suppliers must show but not how they are taxed, they may be qualified; a
    settlement there is refused by the law, which names the place it does not know.
    """
    known = sorted({*law_codes(), *required_codes()})
    if code not in known:
        raise Unknown(f"we know no {code!r}; we know {', '.join(known)}")


def check_party(form: PartyForm) -> None:
    """Refuse a party whose place or number is wrong."""
    with at("party, place"):
        place(form.place)
    with at("party, identifier"):
        identifier(form.identifier.scheme).check(form.identifier.number)


def proposed_facts(application: Application) -> ContractFacts:
    """Return the facts that an application proposes; what it leaves open is written in."""
    try:
        return facts_proposed(application.contract, where(application))
    except Refused as refusal:
        raise BadApplication(f"contract, {refusal}") from None


def where(application: Application) -> Where:
    """Return what else of an application decides the facts it proposes."""
    return Where(application.program, application.place, application.party.kind)
