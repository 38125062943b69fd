"""The application a supplier hands in, and what must be right about it before anything is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from vendorops.documents.forms import Form, IsoDay, Words
from vendorops.domain.measure import price_e6
from vendorops.domain.refusal import Refused
from vendorops.identifiers import identifier
from vendorops.law import codes as law_codes
from vendorops.programs import program
from vendorops.registry import Unknown
from vendorops.requirements import codes as required_codes

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")]
"""A short name of ours, without blanks."""
Handle = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9.-]{1,39}$")]
"""How a person is called in the books; nobody can be called like a stage of the system."""
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]{1,64}@[^@\s]{1,190}$")]
Digits = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}$")]
Digit = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,15}(\.[0-9]{1,6})?$")]
"""A plain number, not negative."""
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
