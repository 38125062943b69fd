"""By profit share: a share of revenue less costs; a loss is carried until profits cover it."""

from collections.abc import Sequence

from vendorops.domain.earnings import Basis, Fact, PayTerms, balanced

TITLE = "Profit share"
TITLE_ZH = "利润分成"
READS = ("sale", "revenue", "refund", "cost")
NEEDS = "share"
SIGNS = {"sale": 1, "revenue": 1, "refund": -1, "cost": -1}


def basis(terms: PayTerms, facts: Sequence[Fact], short_minor: int) -> Basis:
    """Return the profit after losses of earlier periods, which are carried unless agreed else."""
    return balanced(terms, facts, SIGNS, short_minor)
