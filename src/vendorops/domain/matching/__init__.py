"""The match between what was agreed, what was accepted and what is claimed."""

from vendorops.domain.matching.covering import Covered, Part, Spread, spread
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
from vendorops.domain.matching.judging import ONE, flaw_of_claim, judge, share_of, within_cap
from vendorops.domain.matching.reasons import Reason

__all__ = [
    "ONE",
    "RULES",
    "VERSION",
    "ClaimFacts",
    "Covered",
    "DocumentFacts",
    "Explained",
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
]

RULES = "three-way match"
VERSION = 3
"""Raised when the same facts would be judged otherwise; written into every reconciliation."""
