"""Paid by the finished product: what it brought up to the end of a month with finished pieces."""

from collections.abc import Sequence

from vendorops.domain.earnings import Basis, Fact, Line, PayTerms, Stretch, shared

TITLE = "Per finished product"
TITLE_ZH = "按成品结算"
PERIOD = "product"
EVERY = False
READS: tuple[str, ...] = ("product",)
TAKES: tuple[str, ...] = ()


def earned(
    terms: PayTerms, basis: Basis, facts: Sequence[Fact], stretch: Stretch
) -> tuple[Line, ...]:
    """Return what a product brought, or the agreed share of it."""
    del facts, stretch
    return shared(terms, basis)
