"""By work result: finished projects and products, each at its agreed price."""

from collections.abc import Sequence

from vendorops.domain.earnings import Basis, Fact, PayTerms, counted

TITLE = "Work result"
TITLE_ZH = "按工作成果"
READS = ("project", "product")
NEEDS = "rates"


def basis(terms: PayTerms, facts: Sequence[Fact], short_minor: int) -> Basis:
    """Return what finished projects and products come to."""
    return Basis(counted(terms, facts, READS), short_minor)
