"""The application a supplier hands in, and what must be right about it before anything is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from vendorops.documents.forms import Form, IsoDay, Words
from vendorops.domain.measure import price_e6
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.identifiers import identifier
from vendorops.law import place
from vendorops.programs import program

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")]
"""A short name of ours, without blanks."""
Handle = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9.-]{1,39}$")]
"""How a person is called in the books; nobody can be called like a stage of the system."""
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]{1,64}@[^@\s]{1,190}$")]
Phone = Annotated[str, StringConstraints(pattern=r"^\+[0-9]{1,3}[0-9 ]{4,16}[0-9]$")]
"""With its country: `+86 21 5555 0100`."""
Digits = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}$")]
FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$")]
"""A name, never a path."""
Particular = Words | tuple[dict[Code, Words], ...]


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


class TermForm(Form):
    """One price or share that is proposed."""

    code: Code
    value: Words
    """A price in the contract's currency, or a share such as 0.18."""
    description: Words
    valid_from: IsoDay | None = None
    """The contract's first day, unless given."""
    volume: Words | Literal[""] = ""


class ProposalForm(Form):
    """The contract as the supplier proposes it."""

    currency: Currency
    start: IsoDay
    end: IsoDay
    """First day no longer covered."""
    cap: Words
    scope: Words
    terms: Annotated[tuple[TermForm, ...], Field(min_length=1, max_length=200)]
    particulars: dict[Code, Particular] = Field(default_factory=dict)
    """What only templates of this program ask for."""
    review_days: Digits = "5"
    payment_days: Digits = "30"
    notice_days: Digits = "30"


class PaperForm(Form):
    """A licence, insurance or proof, with the file that shows it."""

    kind: Code
    issuer: Words
    number: Words
    valid_from: IsoDay
    valid_to: IsoDay | None = None
    """First day on which it no longer holds."""
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


def check(application: Application) -> None:
    """Refuse what no shelf knows and what cannot be: the first thing found is told."""
    _check_codes(application)
    _check_proposal(application)
    kinds = [paper.kind for paper in application.documents]
    for number, paper in enumerate(application.documents, start=1):
        if kinds.count(paper.kind) > 1:
            raise BadApplication(f"documents {number}: {paper.kind} is there twice; keep one")
        if paper.valid_to and paper.valid_to <= paper.valid_from:
            raise BadApplication(f"documents {number}: valid_to must lie after valid_from")


def _check_codes(application: Application) -> None:
    with at("program"):
        wanted = program(application.program)
    with at("place"):
        place(application.place)
    if application.supplier_kind not in wanted.supplier_kinds:
        known = ", ".join(wanted.supplier_kinds)
        raise BadApplication(f"supplier_kind: {wanted.title} is served by {known}; choose one")
    check_party(application.party)


def check_party(form: PartyForm) -> None:
    """Refuse a party whose place or number is wrong."""
    with at("party, place"):
        place(form.place)
    with at("party, identifier"):
        identifier(form.identifier.scheme).check(form.identifier.number)


def _check_proposal(application: Application) -> None:
    proposal = application.contract
    if proposal.end <= proposal.start:
        raise BadApplication("contract: end is the first day no longer covered, after start")
    with at("contract, cap"):
        cap = Money.parse(proposal.cap, proposal.currency)
    if cap.minor <= 0:
        raise BadApplication("contract, cap: must be above nothing; name the most to be spent")
    if application.bank_account.currency != proposal.currency:
        raise BadApplication("bank_account, currency: must be the currency of the contract")
    for number, term in enumerate(proposal.terms, start=1):
        with at(f"contract, terms {number}"):
            check_term(application, term)


def check_term(application: Application, form: TermForm) -> None:
    """Refuse a term the program does not have, and a value that cannot be."""
    term = program(application.program).term(form.code)
    value = price_e6(form.value)
    if value < 0 or (term.kind == "share" and value > 10**6):
        raise BadApplication("value must be a price from 0, or a share from 0 to 1 such as 0.18")
    since = form.valid_from or application.contract.start
    if not application.contract.start <= since < application.contract.end:
        raise BadApplication("valid_from must lie within the contract")
    same = [(term.code, term.valid_from) for term in application.contract.terms]
    if same.count((form.code, form.valid_from)) > 1:
        raise BadApplication(f"{form.code} has two values from the same day; keep one")
