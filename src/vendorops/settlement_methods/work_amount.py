"""By work amount: hours, days, pieces and other counted units, each at its agreed rate."""

from collections.abc import Sequence

from vendorops.domain.earnings import Basis, Fact, PayTerms, counted

TITLE = "Work amount"
TITLE_ZH = "按工作量"
READS = ("unit", "day")
NEEDS = "rates"


def basis(terms: PayTerms, facts: Sequence[Fact], short_minor: int) -> Basis:
    """Return what units and days come to; days that earn the base are not counted again."""
    kinds = READS[:1] if terms.full_days_e4 else READS
    return Basis(counted(terms, facts, kinds), short_minor)
