"""Calculates pay plans from a file alone, without books: for trial, and for worked cases."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from vendorops.documents.forms import Form, IsoDay, Words, read_form
from vendorops.documents.proposal_forms import Currency
from vendorops.domain.earnings import BadFact, BadPayTerms, Fact, Statement, chained
from vendorops.domain.money import Money
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.working.earning.forms import WITHDRAWN, FactForm, PayPlanForm
from vendorops.working.earning.in_force import with_shelves
from vendorops.working.earning.judging import Counted, judged

FAR = date(2999, 1, 1)


class TriedPlanForm(PayPlanForm):
    """A plan that nobody has agreed yet."""

    cite: Words = "to be agreed"


class ExpectedForm(Form):
    """What a stretch must come to; what is not said is not compared."""

    stretch: Words
    earned: Words | None = None
    own: Words | None = None
    deducted: Words | None = None
    recovered: Words | None = None
    net: Words | None = None
    short: Words | None = None


class CaseForm(Form):
    """Plans and facts; with `expected` a worked case, with `refused` one that must not pass."""

    case: Words
    currency: Currency = "CNY"
    plans: Annotated[tuple[TriedPlanForm, ...], Field(min_length=1, max_length=20)]
    ends: IsoDay = FAR
    """First day that the last plan no longer holds."""
    facts: Annotated[tuple[FactForm, ...], Field(max_length=10_000)] = ()
    over: IsoDay
    """The day on which is calculated: stretches that are over by then."""
    expected: Annotated[tuple[ExpectedForm, ...], Field(max_length=400)] | None = None
    refused: Words | None = None
    """Words of the refusal."""


class CasesForm(Form):
    """A file of cases."""

    cases: Annotated[tuple[CaseForm, ...], Field(min_length=1, max_length=400)]


@dataclass(frozen=True)
class Tried:
    """What a case came to."""

    case: str
    statements: Sequence[Statement] = ()
    refused: str = ""
    differences: Sequence[str] = field(default=())
    """From what the case expects."""


def read_cases(data: bytes, what: str) -> tuple[CaseForm, ...]:
    """Return the cases of a file; refused with the place of what is wrong in it."""
    return read_form(data, CasesForm, what).cases


def tried(case: CaseForm) -> Tried:
    """Calculate one case; what it refuses is told, not raised."""
    try:
        found = _statements(case)
    except Refused as refusal:
        if case.refused and case.refused in str(refusal):
            return Tried(case.case, refused=str(refusal))
        told = f"expected a refusal with {case.refused!r}" if case.refused else "refused"
        return Tried(case.case, refused=str(refusal), differences=(f"{told}: {refusal}",))
    missed = [f"not refused with {case.refused!r}"] if case.refused else []
    return Tried(case.case, found, differences=(*missed, *_differences(case, found)))


def _statements(case: CaseForm) -> list[Statement]:
    starts = [plan.valid_from for plan in case.plans]
    if any(one >= other for one, other in pairwise([*starts, case.ends])):
        raise BadPayTerms("plans follow each other; let each begin after the one before")
    agreed = [
        with_shelves(f"plan {number}", plan.facts(case.currency), Period(start, end))
        for number, (plan, start, end) in enumerate(
            zip(case.plans, starts, [*starts[1:], case.ends], strict=True), start=1
        )
    ]
    counted = Counted()
    facts: dict[str, Fact] = {}
    for number, form in enumerate(case.facts, start=1):
        try:
            if form.key in facts:
                raise BadFact("its key is there twice; give each fact one of its own")
            if form.replaces:
                counted.remove(facts.pop(form.replaces))
            if form.kind != WITHDRAWN:
                fact = facts[form.key] = form.fact(case.currency)
                judged(agreed, fact, case.over)
                counted.add(fact)
        except KeyError:
            raise BadFact(
                f"fact {number}: replaces {form.replaces!r}, which is not there"
            ) from None
        except Refused as refusal:
            raise BadFact(f"fact {number} ({form.key}): {refusal}") from refusal
    return chained(agreed, list(facts.values()), case.over)


def _differences(case: CaseForm, found: Sequence[Statement]) -> Iterator[str]:
    """Yield where a calculation is not what the case expects."""
    if case.expected is None:
        return
    labels = [each.stretch.label for each in found]
    wanted = [each.stretch for each in case.expected]
    if labels != wanted:
        yield f"stretches are {', '.join(labels) or 'none'}, expected {', '.join(wanted)}"
        return
    for form, statement in zip(case.expected, found, strict=True):
        figures = {
            "earned": statement.earned_minor,
            "own": statement.own_minor,
            "deducted": statement.deducted_minor,
            "recovered": statement.recovered_minor,
            "net": statement.net_minor,
            "short": statement.left.short_minor,
        }
        for name, minor in figures.items():
            said, is_ = getattr(form, name), Money(minor, case.currency)
            if said is not None and Money.parse(said, case.currency) != is_:
                yield f"{form.stretch}: {name} is {is_.text}, expected {said}"
