"""Whether Form 1099-NEC is due for a payee, when and how it is filed, and what it costs not to.

Sources: 26 U.S.C. 6041, 6041A, 6071, 6721, 7503; Treas. Reg. 1.6041-3(p) (corporations);
T.D. 9972 (electronic filing). Amounts count when paid, by payer and by taxpayer number.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel

from vendorops.domain.jurisdiction import Inputs, Jurisdiction, LawOfDay, Rule
from vendorops.domain.money import Money, Rounding
from vendorops.domain.periods import Calendar

REPORTED = (
    "individual",
    "sole proprietor",
    "partnership",
    "estate",
    "trust",
    "llc",
    "disregarded llc",
    "llc taxed as partnership",
)
CORPORATIONS = ("corporation", "c corporation", "s corporation", "llc taxed as corporation")
OTHERS = ("foreign person", "government", "tax-exempt")
"""A foreign person is reported on Form 1042-S; the others are not reported at all."""
TIERS = {
    "within 30 days": "information_return.penalty_30_days",
    "by Aug 1": "information_return.penalty_by_august",
    "after Aug 1": "information_return.penalty_after_august",
    "intentional": "information_return.penalty_intentional",
}
Year = Annotated[int, Field(ge=2018, le=2100)]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class PaidInYear(_Asked):
    """What one payee was paid in a calendar year, for services."""

    year: Year
    services_paid_total: str
    payee: Literal[(*REPORTED, *CORPORATIONS, *OTHERS)] = "individual"  # type: ignore[valid-type]  # The names above.
    paid_by_card_or_tpso: bool = False
    """By card or a third-party network, which reports it itself on Form 1099-K."""
    backup_withheld: bool = False
    legal_services: bool = False
    """Attorneys are reported although they are a corporation."""


class TaxYear(_Asked):
    """The calendar year that is reported."""

    tax_year: Year


class Returns(RootModel[dict[str, Annotated[int, Field(ge=0)]]]):
    """How many information returns of each kind a payer files."""

    model_config = ConfigDict(strict=True)


class Late(_Asked):
    """Forms that were not filed in time."""

    forms: Annotated[int, Field(ge=0)]
    tier: Literal["within 30 days", "by Aug 1", "after Aug 1", "intentional"]
    year_due: Year


class Wrong(_Asked):
    """An amount that was reported, and the right one."""

    reported: str
    right: str
    withheld: bool = False
    """Whether it is tax withheld."""


def reportable(paid: Money, law: LawOfDay) -> bool:
    """Tell whether payments of a year reach the threshold of the day."""
    return paid.minor >= law.money("information_return.threshold", paid.currency).minor


def required(inputs: Inputs, place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return whether Form 1099-NEC is due for a payee and a year, and why."""
    asked = PaidInYear.model_validate(inputs)
    law = place.law_of(date(asked.year, 1, 1))
    enough = reportable(Money.parse(asked.services_paid_total, place.currency), law)
    threshold = law.money("information_return.threshold", place.currency)
    because = _not_reported(asked)
    if asked.backup_withheld:
        due, because = True, "tax was withheld, so it is filed whatever the amount"
    else:
        due = not because and enough
        reached = "reaches" if enough else "does not reach"
        because = because or f"the total {reached} {threshold.text}"
    return {"file": due, "because": because, "threshold": threshold.text}


def _not_reported(asked: PaidInYear) -> str:
    """Say why a payee is left out whatever the amount, or nothing."""
    if asked.paid_by_card_or_tpso:
        return "paid by card or a third-party network, which reports it on Form 1099-K"
    if asked.payee in CORPORATIONS and not asked.legal_services:
        return "corporations are exempt, but for attorneys"
    if asked.payee == "foreign person":
        return "a foreign person is reported on Form 1042-S"
    return "the payee is exempt" if asked.payee in OTHERS else ""


def due_day(tax_year: int, calendar: Calendar, law: LawOfDay) -> date:
    """Return the last day for the returns of a calendar year."""
    day = int(law.number("information_return.due_day"))
    return calendar.on_or_after(date(tax_year + 1, 1, day))


def due(inputs: Inputs, place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return the last day for the IRS and the payee, which is the same."""
    year = TaxYear.model_validate(inputs).tax_year
    law = place.law_of(date(year + 1, 1, 1))
    last = due_day(year, place.calendar(range(year + 1, year + 2)), law)
    return {"irs_and_recipient": last.isoformat()}


def e_file(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return whether a payer must file electronically: all kinds of returns count together."""
    together = sum(Returns.model_validate(inputs).root.values())
    least = place.law_of(day).number("information_return.e_file_from")
    return {"aggregate": together, "efile": together >= least}


def penalty(inputs: Inputs, place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return what late forms cost; caps by the year and reasonable cause are not looked at."""
    asked = Late.model_validate(inputs)
    each = place.law_of(date(asked.year_due, 1, 1)).money(TIERS[asked.tier], place.currency)
    return {"penalty": each.times(asked.forms, rounding=Rounding.HALF_UP).text}


def correction(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return whether a wrong amount must be corrected, or is too small to matter."""
    asked = Wrong.model_validate(inputs)
    name = "small_error_withheld" if asked.withheld else "small_error"
    most = place.law_of(day).money(f"information_return.{name}", place.currency)
    reported, right = (Money.parse(text, place.currency) for text in (asked.reported, asked.right))
    off = abs((reported - right).minor)
    return {"off_by": Money(off, place.currency).text, "correct": off > most.minor}


RULES: dict[str, Rule] = {
    "1099nec.required": required,
    "1099nec.due": due,
    "1099nec.correction": correction,
    "efile.required": e_file,
    "penalty.6721": penalty,
}
