"""Base pay, commission, and a sum for the highest target that the month's basis reached."""

from collections.abc import Sequence

from vendorops.domain.earnings import (
    Basis,
    Fact,
    Line,
    PayTerms,
    Stretch,
    base_pay,
    commission,
    incentive,
)

TITLE = "Base plus commission plus incentive"
TITLE_ZH = "底薪加提成加奖励"
PERIOD = "month"
EVERY = True
READS: tuple[str, ...] = ("day",)
TAKES: tuple[str, ...] = ("steps", "base", "incentives")


def earned(
    terms: PayTerms, basis: Basis, facts: Sequence[Fact], stretch: Stretch
) -> tuple[Line, ...]:
    """Return base, commission and incentive of a month."""
    return (base_pay(terms, facts, stretch), commission(terms, basis), incentive(terms, basis))
