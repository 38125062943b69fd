"""The match between what was agreed, what was accepted and what is claimed."""

from vendorops.domain.matching.covering import Covered, Part, Spread, spread
from vendorops.domain.matching.degrees import MatchingDegree
from vendorops.domain.matching.facts import (
    ClaimFacts,
    DocumentFacts,
    Explained,
    TaxFacts,
    TermFacts,
    ToleranceFacts,
    Verdict,
    WorkFacts,
    belongs,
)
from vendorops.domain.matching.judging import (
    ONE,
    flaw_of_claim,
    judge,
    share_of,
    within_cap,
    within_total,
)
from vendorops.domain.matching.reasons import Reason

__all__ = [
    "ONE",
    "RULES",
    "VERSION",
    "ClaimFacts",
    "Covered",
    "DocumentFacts",
    "Explained",
    "MatchingDegree",
    "Part",
    "Reason",
    "Spread",
    "TaxFacts",
    "TermFacts",
    "ToleranceFacts",
    "Verdict",
    "WorkFacts",
    "belongs",
    "flaw_of_claim",
    "judge",
    "share_of",
    "spread",
    "within_cap",
    "within_total",
]

RULES = "three-way match"
VERSION = 4
"""Raised when the same facts would be judged otherwise; written into every reconciliation."""
