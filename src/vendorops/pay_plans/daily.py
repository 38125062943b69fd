"""Paid by the day: what the method measures of each day."""

from collections.abc import Sequence

from vendorops.domain.earnings import Basis, Fact, Line, PayTerms, Stretch, shared

TITLE = "Daily"
TITLE_ZH = "日结"
PERIOD = "day"
EVERY = False
READS: tuple[str, ...] = ()
TAKES: tuple[str, ...] = ()


def earned(
    terms: PayTerms, basis: Basis, facts: Sequence[Fact], stretch: Stretch
) -> tuple[Line, ...]:
    """Return what a day brought, or the agreed share of it."""
    del facts, stretch
    return shared(terms, basis)
