"""Leased workers (AÜG): how long, equal pay, the licence, and that it is called what it is."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from vendorops.domain.jurisdiction import Inputs, Jurisdiction, LawOfDay, Rule
from vendorops.domain.periods import DAY, Period, iso_day, months_after
from vendorops.domain.tenure import TenureRule, Used, chains, length, reached

NOTHING = Used(0, 0)


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Begun(_Asked):
    """A worker who is leased to one user without a break."""

    start: str


class EqualPay(Begun):
    """The same, where a collective agreement may deviate from equal pay."""

    collective_agreement_deviates: bool
    branch_supplement: bool = False
    """Whether the agreement raises pay in steps, beginning after six weeks at the latest."""
    left_users_group: str | None = None
    """When the worker was last employed by the user or its group."""


class TwoSpells(_Asked):
    """An earlier assignment, first and last day, and the start of the next one."""

    first: Annotated[list[str], Field(min_length=2, max_length=2)]
    second_start: str


class Directed(_Asked):
    """How people work at the user's, and whether the agency is licensed."""

    licence: bool
    work_under_direction: bool
    integrated: bool


class Labelled(_Asked):
    """What was said before work began."""

    licence: bool
    contract_labelled_before_start: bool
    person_named_before_start: bool = True


def tenure_rule(law: LawOfDay) -> TenureRule:
    """Return the clock of leasing by the numbers of a day."""
    return TenureRule(
        limit_months=int(law.number("leasing.limit_months")),
        break_months=int(law.number("leasing.break_months")),
        equal_pay_months=int(law.number("leasing.equal_pay_months")),
        cite="; ".join(cited.source for cited in law.citations),
    )


TENURE = tenure_rule
"""What `vendorops.law.tenure` asks of a place that sets a clock."""


def last_day(inputs: Inputs, place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return the last day on which the worker may be leased, if nothing interrupts it."""
    start = iso_day(Begun.model_validate(inputs).start)
    rule = tenure_rule(place.law_of(start))
    limit = reached(start, NOTHING, rule.limit_months)
    return {"last_permitted_day": (limit - DAY).isoformat()}


def equal_pay(inputs: Inputs, place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return from which day on pay is equal: the first, unless an agreement may deviate."""
    asked = EqualPay.model_validate(inputs)
    start = iso_day(asked.start)
    law = place.law_of(start)
    left = iso_day(asked.left_users_group) if asked.left_users_group else None
    back = int(law.number("leasing.revolving_months"))
    revolving = left is not None and start < months_after(left, back)
    if revolving or not asked.collective_agreement_deviates:
        return {"equal_pay_from": start.isoformat(), "may_deviate": False}
    name = "supplement_months" if asked.branch_supplement else "equal_pay_months"
    months = int(law.number(f"leasing.{name}"))
    from_day = reached(start, NOTHING, months)
    return {"equal_pay_from": from_day.isoformat(), "may_deviate": True}


def gap(inputs: Inputs, place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return whether an earlier assignment counts, and the last day if the next one goes on."""
    asked = TwoSpells.model_validate(inputs)
    first, last = (iso_day(day) for day in asked.first)
    second = iso_day(asked.second_start)
    rule = tenure_rule(place.law_of(second))
    spells = [Period(first, last + DAY), Period(second, second + DAY)]
    counts = len(chains(spells, rule)) == 1
    before = length(spells[0]) if counts else NOTHING
    limit = reached(second, before, rule.limit_months)
    return {
        "gap_months_le_3": counts,
        "counted_months_before": before.months,
        "limit_end": (limit - DAY).isoformat(),
    }


def licence(inputs: Inputs, _place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return whether it is leasing, and what follows without a licence (AÜG s. 1, 9, 10)."""
    asked = Directed.model_validate(inputs)
    leasing = asked.work_under_direction and asked.integrated
    unlawful = leasing and not asked.licence
    return {"leasing": leasing, "pass": not unlawful, "employment_with_user": unlawful}


def labelled(inputs: Inputs, _place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return whether leasing was called so, and the person named, before it began (s. 1(1))."""
    asked = Labelled.model_validate(inputs)
    told = asked.contract_labelled_before_start and asked.person_named_before_start
    return {"pass": asked.licence and told, "employment_with_user": not (asked.licence and told)}


RULES: dict[str, Rule] = {
    "aug.max_18_months": last_day,
    "aug.equal_pay_9_months": equal_pay,
    "aug.gap": gap,
    "aug.licence": licence,
    "aug.labelled": labelled,
}
