"""The form in which people propose the facts of a contract, whole or only what changes."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from vendorops.documents.forms import Form, IsoDay, Words

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")]
"""A short name of ours, without blanks."""
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Digits = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}$")]
Handle = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9.-]{1,39}$")]
"""How a person is called in the books; nobody can be called like a stage of the system."""
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]{1,64}@[^@\s]{1,190}$")]
FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$")]
"""A name, never a path."""
Answer = Literal["yes", "no"]
Particular = Words | tuple[dict[Code, Words], ...]


class TierForm(Form):
    """Another value for sheets of so much and more."""

    above: Words
    """Quantity on one service sheet from which it holds."""
    value: Words


class TermForm(Form):
    """One price or share that is proposed."""

    code: Code
    value: Words
    """A price in the contract's currency, or a share such as 0.18."""
    description: Words
    valid_from: IsoDay | None = None
    """The contract's first day, unless given."""
    volume: Words | Literal[""] = ""
    tiers: Annotated[tuple[TierForm, ...], Field(max_length=20)] = ()


class AcceptanceForm(Form):
    """Acceptance window, in working days."""

    review_days: Digits = "5"
    deemed_days: Digits = "0"
    """After so many, silence accepts; 0: never."""


class PaymentForm(Form):
    """When claims are paid."""

    days: Digits = "30"
    prompt_days: Digits = "0"
    prompt_discount: Words = "0"
    late_interest: Words = "0"
    """Share of what is overdue, a day."""


class StepForm(Form):
    """What is refunded when the person leaves until a day."""

    until: Digits
    refund: Words


class GuaranteeForm(Form):
    """The guarantee of a placement."""

    days: Digits
    steps: Annotated[tuple[StepForm, ...], Field(max_length=20)] = ()
    replacement_days: Digits = "0"
    except_layoff: Answer = "yes"
    void_when_paid_late: Answer = "no"


class ServiceLevelForm(Form):
    """A monthly target and the credit for missing it."""

    code: Code
    metric: Words
    target: Words
    credit: Words
    monthly_cap: Words


class OvertimeForm(Form):
    """Multiples of the regular rate."""

    workday: Words
    rest_day: Words
    holiday: Words


class PriceToleranceForm(Form):
    """By how much a price may stray under this contract."""

    share: Words
    amount: Words


class TermsForm(Form):
    """What may be agreed or changed; what is not given stays, or takes its usual value."""

    end: IsoDay | None = None
    """First day no longer covered."""
    cap: Words | None = None
    scope: Words | None = None
    terms: Annotated[tuple[TermForm, ...], Field(max_length=200)] = ()
    languages: Literal["zh", "en", "zh,en"] | None = None
    acceptance: AcceptanceForm | None = None
    payment: PaymentForm | None = None
    notice_days: Digits | None = None
    guarantee: GuaranteeForm | None = None
    service_levels: Annotated[tuple[ServiceLevelForm, ...], Field(max_length=20)] | None = None
    overtime: OvertimeForm | None = None
    tolerance: PriceToleranceForm | None = None
    renewal_months: Digits | None = None
    liability_cap: Words | None = None
    insurance_minimum: Words | None = None
    non_solicit_months: Digits | None = None
    tax_treatment: Literal["exclusive", "inclusive", "withheld"] | None = None
    court: Words | None = None
    particulars: dict[Code, Particular] = Field(default_factory=dict)
    """What only templates of this program ask for, and only in words."""


class ProposalForm(TermsForm):
    """The contract as the supplier proposes it."""

    currency: Currency
    start: IsoDay
    end: IsoDay
    cap: Words
    scope: Words
    terms: Annotated[tuple[TermForm, ...], Field(min_length=1, max_length=200)]


class ChangeForm(TermsForm):
    """What another draft, or an amendment, changes; prices are added from their first day."""

    reason: Words
    valid_from: IsoDay | None = None
    """First day of an amendment; drafts have none."""
    retroactive: Answer = "no"
    """Whether an amendment is meant to reach back behind accepted work."""
