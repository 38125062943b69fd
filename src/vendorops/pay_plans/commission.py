"""Commission: a share of the month's basis that rises by steps."""

from collections.abc import Sequence

from vendorops.domain.earnings import Basis, Fact, Line, PayTerms, Stretch
from vendorops.domain.earnings import commission as by_steps

TITLE = "Commission"
TITLE_ZH = "提成"
PERIOD = "month"
EVERY = False
READS: tuple[str, ...] = ()
TAKES: tuple[str, ...] = ("steps",)


def earned(
    terms: PayTerms, basis: Basis, facts: Sequence[Fact], stretch: Stretch
) -> tuple[Line, ...]:
    """Return the commission on a month's basis."""
    del facts, stretch
    return (by_steps(terms, basis),)
