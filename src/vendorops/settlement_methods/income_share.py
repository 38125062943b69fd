"""By income share: a share of the revenue that the work brings, refunds taken off."""

from collections.abc import Sequence

from vendorops.domain.earnings import Basis, Fact, PayTerms, balanced

TITLE = "Income share"
TITLE_ZH = "收入分成"
READS = ("sale", "revenue", "refund")
NEEDS = "share"
SIGNS = {"sale": 1, "revenue": 1, "refund": -1}


def basis(terms: PayTerms, facts: Sequence[Fact], short_minor: int) -> Basis:
    """Return revenue less refunds; what refunds exceed it by lessens the next period."""
    return balanced(terms, facts, SIGNS, short_minor)
