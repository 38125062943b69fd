"""How risky it is to let a supplier do what it applied for: a tier, from dated and cited points.

The tier is shown to the buyer, says when the supplier is looked at again, and is what approval
paths ask for: `risk_tier(books, supplier_id, day)`.
"""

from vendorops.risk.assessing import assess, assessments, risk_tier, shown
from vendorops.risk.rules import RULES, TIERS, months_after, tier_of

__all__ = [
    "RULES",
    "TIERS",
    "assess",
    "assessments",
    "months_after",
    "risk_tier",
    "shown",
    "tier_of",
]
