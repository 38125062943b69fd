"""The forms of sourcing, as people write them in YAML: every value is text until it is read."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from vendorops.documents.forms import Form, IsoDay, Words
from vendorops.documents.proposal_forms import Code, Currency, Digits, Email, FileName, Handle


def _instant(text: str) -> str:
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        told = None
    if told is None or told.tzinfo is None:
        raise ValueError("is not an instant; write it such as 2026-11-10T14:00+08:00")
    return text


Instant = Annotated[str, AfterValidator(_instant)]
"""A moment with its offset from UTC."""


class PayForm(Form):
    """What may be offered for one position."""

    kind: Literal["salary", "bill_rate"]
    unit: Literal["year", "month", "day", "hour"]
    currency: Currency
    budget: Words
    """The most for one unit, without tax."""
    units: Words = "1"
    """How many units one position is expected to take."""


class AskedForm(Form):
    """One supplier that is asked, by the contract under which it is paid; and from when on."""

    contract: Words
    tier: Digits = "1"
    hours: Digits = "0"
    days: Digits = "0"
    """After approval; hours and days add up, none of them is at once."""
    gate: Code | Literal[""] = ""
    gate_minimum: Digits = "0"


Asked = Annotated[tuple[AskedForm, ...], Field(min_length=1, max_length=400)]


class RequisitionForm(Form):
    """So many people of one role, wanted by a day."""

    legal_entity: Code
    program: Code
    place: Code
    contract: Words | Literal[""] = ""
    """Where only the supplier of one contract is asked."""
    title: Words
    role: Code
    """A code of the role catalogue, such as `2.3.4`."""
    site: Words | Literal[""] = ""
    positions: Digits
    pay: PayForm
    deadline: IsoDay
    starts_on: IsoDay
    requested_by: Handle
    suppliers: Asked


class DistributionForm(Form):
    """Further suppliers that a requisition goes to."""

    suppliers: Asked


class NumberForm(Form):
    """The number a person is known under."""

    scheme: Code
    """A module of identifiers/, such as `cn_ric`."""
    number: Words


class CandidateForm(Form):
    """Who is proposed."""

    name: Words
    identifier: NumberForm
    born_on: IsoDay | None = None
    email: Email | Literal[""] = ""


class ConsentForm(Form):
    """The candidate's consent that this supplier represents him."""

    given_on: IsoDay
    file: FileName
    """Lies beside the form."""


class SubmissionForm(Form):
    """A candidate whom a supplier proposes."""

    requisition: Words
    supplier: Words
    candidate: CandidateForm
    pay: Words | Literal[""] = ""
    """What the candidate expects for one unit."""
    bill: Words | Literal[""] = ""
    """What the supplier would bill for it."""
    right_to_represent: ConsentForm | None = None


class InterviewForm(Form):
    """A meeting that is proposed."""

    submission: Words
    starts_at: Instant
    ends_at: Instant
    panel: Annotated[tuple[Handle, ...], Field(min_length=1, max_length=12)]
    where: Words | Literal[""] = ""


class OfferForm(Form):
    """What a candidate is to be offered, in the requisition's currency and unit."""

    submission: Words
    amount: Words
    """Base salary or bill rate for one unit."""
    pay: Words | Literal[""] = ""
    """What of a bill rate the worker is paid."""
    starts_on: IsoDay
    expires_on: IsoDay
    """Last day on which it can be accepted."""
