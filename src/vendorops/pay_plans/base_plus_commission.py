"""Base pay, by the days of the month that the terms hold or that were worked, and commission."""

from collections.abc import Sequence

from vendorops.domain.earnings import Basis, Fact, Line, PayTerms, Stretch, base_pay, commission

TITLE = "Base plus commission"
TITLE_ZH = "底薪加提成"
PERIOD = "month"
EVERY = True
READS: tuple[str, ...] = ("day",)
TAKES: tuple[str, ...] = ("steps", "base")


def earned(
    terms: PayTerms, basis: Basis, facts: Sequence[Fact], stretch: Stretch
) -> tuple[Line, ...]:
    """Return the base and the commission of a month."""
    return (base_pay(terms, facts, stretch), commission(terms, basis))
