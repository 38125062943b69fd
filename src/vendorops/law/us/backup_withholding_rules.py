"""Answers of `law evaluate` on backup withholding: payments of a year, and notices of the IRS."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from vendorops.domain.jurisdiction import (
    IncomeKind,
    Inputs,
    Jurisdiction,
    PayeeKind,
    PayerKind,
    Rule,
    WithholdingFacts,
)
from vendorops.domain.money import Money, total
from vendorops.domain.periods import iso_day
from vendorops.law.us.information_return import Year

VALID = "valid W-9"


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class YearPayments(_Asked):
    """The payments of a year to one payee, in the order in which they were made."""

    year: Year
    tin: Literal["valid W-9", "incorrect", "applied for"] | None
    """None: no number was given; `applied for` is none yet; `incorrect`: the IRS said so."""
    payments: list[str]
    prior_year_return_required: bool = False
    prior_year_backup_withheld: bool = False


class Notices(_Asked):
    """What the IRS said of a payee's number, and what the payee answered; days as text."""

    first_notice: str
    w9_received: str | None = None
    second_notice: str | None = None
    validated: str | None = None
    """When the SSA or the IRS confirmed the number, which a second notice asks for."""


def year(inputs: Inputs, place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return what is kept back from each payment, and in the whole year."""
    asked = YearPayments.model_validate(inputs)
    paid, kept = Money(0, place.currency), []
    for text in asked.payments:
        facts = _facts(asked, Money.parse(text, place.currency), paid)
        withheld = [answer.amount for answer in place.withheld(facts)]
        kept.append(total(withheld, place.currency))
        paid += facts.payment
    whole = total(kept, place.currency)
    return {"withheld": [amount.text for amount in kept], "total": whole.text}


def _facts(asked: YearPayments, payment: Money, paid: Money) -> WithholdingFacts:
    nothing = Money(0, payment.currency)
    known = {
        "returned_last_year": asked.prior_year_return_required,
        "withheld_last_year": asked.prior_year_backup_withheld,
    }
    standing = {name: "yes" for name, true in known.items() if true}
    if asked.tin in (VALID, "incorrect"):
        standing |= {"scheme": "us_tin", "tin": asked.tin}
    return WithholdingFacts(
        payer=PayerKind.ENTERPRISE,
        payee=PayeeKind.PERSON,
        resident=True,
        income_kind=IncomeKind.SERVICE_FEE,
        earlier_income=nothing,
        earlier_withheld=nothing,
        payment=payment,
        day=date(asked.year, 1, 1),
        year_income=paid,
        standing=standing,
    )


def notices(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return from when to when notices make tax be withheld, and what the payee must bring.

    After a first notice a new Form W-9 does; after a second one within three calendar years only
    a confirmation of the SSA or the IRS. Empty where it does not begin, or has not ended.
    """
    asked = Notices.model_validate(inputs)
    law = place.law_of(day)
    first = iso_day(asked.first_notice)
    second = iso_day(asked.second_notice) if asked.second_notice else None
    years = int(law.number("backup_withholding.second_notice_years"))
    is_second = second is not None and second.year < first.year + years
    told = second or first
    needed = asked.validated if is_second else asked.w9_received
    answered = iso_day(needed) if needed else None
    days = int(law.number("backup_withholding.notice_business_days"))
    calendar = place.calendar(range(told.year, told.year + 2))
    latest = calendar.working_days_after(told, days)
    begins = None if answered and told <= answered <= latest else latest
    ends = answered if begins and answered and answered > latest else None
    return {
        "notice": "second" if is_second else "first",
        "needed": "validation by SSA or IRS" if is_second else "new Form W-9",
        "withhold_from": begins.isoformat() if begins else "",
        "withhold_until": ends.isoformat() if ends else "",
    }


RULES: dict[str, Rule] = {
    "backup_withholding": year,
    "backup_withholding.b_notice": notices,
}
