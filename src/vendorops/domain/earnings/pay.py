"""How a basis becomes pay: a share, a commission by steps, base pay, an incentive."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from vendorops.domain.adjustments import ONE_E6
from vendorops.domain.earnings.facts import Fact
from vendorops.domain.earnings.lines import Basis, Line, money
from vendorops.domain.earnings.stretches import Stretch
from vendorops.domain.earnings.terms import PayTerms
from vendorops.domain.measure import price_text, quantity_text
from vendorops.domain.money import Rounding, rounded


def shared(
    terms: PayTerms, basis: Basis, facts: Sequence[Fact], stretch: Stretch
) -> tuple[Line, ...]:
    """Return the agreed share of the basis, rounded half up once; without one, all of it."""
    del facts, stretch  # It matters neither what the basis came of, nor over which days.
    if terms.share_e6 is None:
        return basis.lines
    minor = rounded(Fraction(basis.minor * terms.share_e6, ONE_E6), Rounding.HALF_UP)
    said = f"{price_text(terms.share_e6)} x {money(basis.minor, terms)}, half up"
    return (Line("share", minor, said),)


def commission(terms: PayTerms, basis: Basis) -> Line:
    """Return the commission on the basis by steps, rounded half up once.

    Under `marginal` each step earns on what lies within it, under `whole` the step that was
    reached earns on all.
    """
    reached = [step for step in terms.steps if step.from_value <= basis.minor]
    if terms.manner == "whole":
        parts = [(basis.minor, reached[-1].share_e6)] if reached else []
    else:
        ends = [step.from_value for step in reached[1:]]
        bounds = pairwise([*(step.from_value for step in reached[:1]), *ends, basis.minor])
        within = [end - start for start, end in bounds]
        parts = list(zip(within, [step.share_e6 for step in reached], strict=True))
    exact = sum((Fraction(part * share, ONE_E6) for part, share in parts), Fraction(0))
    said = " + ".join(f"{price_text(share)} x {money(part, terms)}" for part, share in parts)
    minor = rounded(exact, Rounding.HALF_UP)
    return Line("commission", minor, f"{said or 'no step reached'}, half up")


def base_pay(terms: PayTerms, facts: Sequence[Fact], stretch: Stretch) -> Line:
    """Return base pay: by days worked where full days are agreed, else by calendar days in force.

    It is never more than the whole, and rounded half up once.
    """
    if terms.full_days_e4:
        worked = sum(fact.quantity_e4 for fact in facts if fact.kind == "day")
        part = min(Fraction(worked, terms.full_days_e4), Fraction(1))
        days = f"{quantity_text(worked)}/{quantity_text(terms.full_days_e4)} days worked"
        days += ", at most the whole" if worked > terms.full_days_e4 else ""
    else:
        part = Fraction(stretch.days, stretch.whole_days)
        days = f"{stretch.days}/{stretch.whole_days} days"
    minor = rounded(terms.base_minor * part, Rounding.HALF_UP)
    return Line("base", minor, f"{money(terms.base_minor, terms)} x {days}, half up")


def incentive(terms: PayTerms, basis: Basis) -> Line:
    """Return the incentive of the highest target that the basis reached."""
    reached = [each for each in terms.incentives if each.from_minor <= basis.minor]
    if not reached:
        return Line("incentive", 0, f"no target reached by {money(basis.minor, terms)}")
    best = reached[-1]
    said = f"{money(basis.minor, terms)} reached {money(best.from_minor, terms)}"
    return Line("incentive", best.minor, said)
