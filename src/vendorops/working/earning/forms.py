"""The forms in which pay plans are proposed and facts are reported."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from vendorops.documents.forms import Form, IsoDay, Words
from vendorops.documents.proposal_forms import Code, Digits
from vendorops.domain.adjustments import ONE_E6, Step
from vendorops.domain.earnings import Fact, Incentive, Part, PayTerms
from vendorops.domain.earnings.terms import UnitRate, require
from vendorops.domain.measure import price_e6, quantity_e4
from vendorops.domain.money import Money
from vendorops.pay_plans import plan
from vendorops.settlement_methods import method
from vendorops.working.adjusting.forms import StepForm

SELF = "self"
"""How a form names the part of the contract itself."""
WITHDRAWN = "withdrawn"
"""The kind of what only takes another fact away."""


class RateForm(Form):
    """The price of one of what is counted."""

    code: Code
    price: Words


class IncentiveForm(Form):
    """A sum from a target on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    begins: Words = Field(alias="from")
    amount: Words


class PartForm(Form):
    """Whose share it is: `self`, or the contract of a broker."""

    to: Words
    share: Words


class PayPlanForm(Form):
    """What is agreed from a day on; which names it needs follows from method and plan."""

    method: Code
    plan: Code
    term: Code = "earnings"
    rates: Annotated[tuple[RateForm, ...], Field(max_length=100)] = ()
    share: Words | None = None
    steps: Annotated[tuple[StepForm, ...], Field(max_length=20)] = ()
    manner: Literal["marginal", "whole"] = "marginal"
    base: Words | None = None
    full_days: Words | None = None
    incentives: Annotated[tuple[IncentiveForm, ...], Field(max_length=20)] = ()
    parts: Annotated[tuple[PartForm, ...], Field(max_length=20)] = ()
    cap: Words | None = None
    recover_share: Words = "1"
    losses: Literal["carried", "borne"] = "carried"
    report_days: Digits = "0"
    valid_from: IsoDay
    cite: Words
    """Where the parties agreed on it."""

    @property
    def categories(self) -> tuple[str, ...]:
        """A pay plan holds for all that is earned under a contract."""
        return ()

    def facts(self, currency: str) -> PayTerms:
        """Return the terms, or refuse what does not go together."""
        self._check_names()

        def minor(text: str | None) -> int:
            return Money.parse(text, currency).minor if text else 0

        return PayTerms(
            method=self.method,
            plan=self.plan,
            currency=currency,
            term=self.term,
            rates=tuple(UnitRate(each.code, price_e6(each.price)) for each in self.rates),
            share_e6=None if self.share is None else price_e6(self.share),
            steps=tuple(Step(minor(each.begins), price_e6(each.share)) for each in self.steps),
            manner=self.manner,
            base_minor=minor(self.base),
            full_days_e4=quantity_e4(self.full_days) if self.full_days else 0,
            incentives=tuple(
                Incentive(minor(each.begins), minor(each.amount)) for each in self.incentives
            ),
            parts=self._parts(),
            cap_minor=minor(self.cap),
            recover_share_e6=price_e6(self.recover_share),
            carry_losses=self.losses == "carried",
            report_days=int(self.report_days),
        )

    def _check_names(self) -> None:
        """Refuse names that method and plan need and lack, or have and do not read."""
        needs, takes = method(self.method).NEEDS, plan(self.plan).TAKES
        wanted = {
            "rates": needs == "rates",
            "share": needs == "share" and not takes,
            **{name: name in takes for name in ("steps", "base", "incentives")},
        }
        which = f"{self.method} by {self.plan}"
        for name, is_wanted in wanted.items():
            given = bool(getattr(self, name))
            require(given or not is_wanted, f"{which} needs {name}; add it")
            require(is_wanted or not given, f"{which} has no use for {name}; leave it out")
        require(wanted["base"] or not self.full_days, f"{which} has no base; leave full_days out")

    def _parts(self) -> tuple[Part, ...]:
        if not self.parts:
            return (Part("", ONE_E6),)
        return tuple(
            Part("" if each.to == SELF else each.to, price_e6(each.share)) for each in self.parts
        )


class PayPlansForm(Form):
    """What is proposed for one contract."""

    contract: Words
    terms: Annotated[tuple[PayPlanForm, ...], Field(min_length=1, max_length=20, alias="plans")]


class FactForm(Form):
    """One fact; amounts are in the contract's currency."""

    key: Code
    kind: Code
    day: IsoDay
    through: IsoDay | None = None
    """Its last day, with it, where it is of several."""
    code: Code | Literal[""] = ""
    subject: Code | Literal[""] = ""
    quantity: Words | Literal[""] = ""
    amount: Words | Literal[""] = ""
    replaces: Code | Literal[""] = ""
    """Key of the fact in whose place it stands."""

    def fact(self, currency: str) -> Fact:
        """Return it as a fact, or refuse what cannot be counted."""
        finished = self.kind in ("project", "product") and not self.quantity
        return Fact(
            key=self.key,
            kind=self.kind,
            first=self.day,
            last=self.through or self.day,
            code=self.code,
            subject=self.subject,
            quantity_e4=quantity_e4("1" if finished else self.quantity or "0"),
            amount_minor=Money.parse(self.amount, currency).minor if self.amount else 0,
        )


class FactsForm(Form):
    """The facts of one contract."""

    contract: Words
    facts: Annotated[tuple[FactForm, ...], Field(min_length=1, max_length=10_000)]
