"""The form in which people propose terms of a contract that no price says."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from vendorops.documents.forms import Form, IsoDay, Words
from vendorops.documents.proposal_forms import Code, Digits
from vendorops.domain.adjustments import PERIODS, AdjustmentFacts, Step, require
from vendorops.domain.matching import MatchingDegree
from vendorops.domain.measure import price_e6, quantity_e4
from vendorops.domain.money import Money

MONTHS_OF = dict(zip(("quarter", "year"), PERIODS, strict=True))


class StepForm(Form):
    """A share from so much on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    begins: Words = Field(alias="from")
    """An amount in the contract's currency, or a quantity."""
    share: Words


class AgreedTermForm(Form):
    """One term from a day on; which names it needs follows from its kind."""

    kind: Literal["volume", "rebate", "program_fee", "matching"]
    categories: Annotated[tuple[Code, ...], Field(max_length=40)] = ()
    """Term codes of the program; all that is accepted unless given."""
    months: Digits | None = None
    """Of the rolling window of a volume."""
    period: Literal["quarter", "year"] | None = None
    """Of a rebate."""
    measure: Literal["amount", "quantity"] = "amount"
    manner: Literal["marginal", "whole"] = "marginal"
    steps: Annotated[tuple[StepForm, ...], Field(max_length=20)] = ()
    share: Words | None = None
    """Of a program fee."""
    funded_by: Literal["supplier", "client"] = "supplier"
    acceptance: Literal["required", "not_required"] | None = None
    """Of matching; so are the two below."""
    grades: Annotated[tuple[Code, ...], Field(max_length=20)] = ()
    """The scale by which work is accepted, best first."""
    least_grade: Code | Literal[""] = ""
    """The worst grade that is paid."""
    valid_from: IsoDay
    cite: Words
    """Where the parties agreed on it."""

    def facts(self, currency: str) -> AdjustmentFacts | MatchingDegree:
        """Return what the form says, or refuse what does not go together."""
        needed = {
            "volume": "months",
            "rebate": "period",
            "program_fee": "share",
            "matching": "acceptance",
        }
        for kind, name in needed.items():
            given, wanted = getattr(self, name) is not None, kind == self.kind
            require(given or not wanted, f"a {kind} needs {name}; add it")
            require(wanted or not given, f"{name} belongs to a {kind}; leave it out")
        graded = bool(self.grades or self.least_grade)
        require(self.kind == "matching" or not graded, "grades belong to matching; leave them out")
        if self.kind == "matching":
            require(not self.steps, "matching has no steps; leave them out")
            return MatchingDegree(self.acceptance == "required", self.grades, self.least_grade)
        if self.kind == "program_fee":
            require(not self.steps, "a program_fee has one share; leave the steps out")
            steps = (Step(0, price_e6(self.share or "0")),)
            return AdjustmentFacts(self.kind, steps=steps, borne_by=self.funded_by)
        months = int(self.months or MONTHS_OF.get(self.period or "", 1))
        return AdjustmentFacts(
            kind=self.kind,
            months=months,
            measure=self.measure,
            manner=self.manner,
            steps=tuple(self._step(step, currency) for step in self.steps),
            borne_by=self.funded_by,
        )

    def _step(self, form: StepForm, currency: str) -> Step:
        if self.measure == "quantity":
            begins = quantity_e4(form.begins)
        else:
            begins = Money.parse(form.begins, currency).minor
        return Step(begins, price_e6(form.share))


class AgreedTermsForm(Form):
    """What is proposed for one contract."""

    contract: Words
    terms: Annotated[tuple[AgreedTermForm, ...], Field(min_length=1, max_length=100)]
