"""Paid by the project: what the method measures of it until it is finished."""

from collections.abc import Sequence

from vendorops.domain.earnings import Basis, Fact, Line, PayTerms, Stretch, shared

TITLE = "Per project"
TITLE_ZH = "按项目结算"
PERIOD = "project"
EVERY = False
READS: tuple[str, ...] = ("project",)
TAKES: tuple[str, ...] = ()


def earned(
    terms: PayTerms, basis: Basis, facts: Sequence[Fact], stretch: Stretch
) -> tuple[Line, ...]:
    """Return what a project brought until its finish, or the agreed share of it."""
    del facts, stretch
    return shared(terms, basis)
