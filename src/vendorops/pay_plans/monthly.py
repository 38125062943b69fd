"""Paid by the month: what the method measures of each calendar month."""

from collections.abc import Sequence

from vendorops.domain.earnings import Basis, Fact, Line, PayTerms, Stretch, shared

TITLE = "Monthly"
TITLE_ZH = "月结"
PERIOD = "month"
EVERY = False
READS: tuple[str, ...] = ()
TAKES: tuple[str, ...] = ()


def earned(
    terms: PayTerms, basis: Basis, facts: Sequence[Fact], stretch: Stretch
) -> tuple[Line, ...]:
    """Return what a month brought, or the agreed share of it."""
    del facts, stretch
    return shared(terms, basis)
