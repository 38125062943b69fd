"""Paid by the week: what the method measures from Monday to Sunday."""

from collections.abc import Sequence

from vendorops.domain.earnings import Basis, Fact, Line, PayTerms, Stretch, shared

TITLE = "Weekly"
TITLE_ZH = "周结"
PERIOD = "week"
EVERY = False
READS: tuple[str, ...] = ()
TAKES: tuple[str, ...] = ()


def earned(
    terms: PayTerms, basis: Basis, facts: Sequence[Fact], stretch: Stretch
) -> tuple[Line, ...]:
    """Return what a week brought, or the agreed share of it."""
    del facts, stretch
    return shared(terms, basis)
