"""Placements from the accepted offer to the end of the guarantee: what people report of them.

The stages `placements` and `guarantees` act on what was reported here; the command line reads it.
"""

from vendorops.working.placing.clocks import clock_of, open_guarantee, verdict_of
from vendorops.working.placing.entering import (
    Hire,
    NotPlaceable,
    cancel,
    place,
    place_instead,
    report_start,
)
from vendorops.working.placing.fees import PlacementFee, fee_of, original, reporters
from vendorops.working.placing.leaving import ClaimExpired, Departure, report_leave
from vendorops.working.placing.offers import place_offered
from vendorops.working.placing.positions import Position, memo_of, positions

__all__ = [
    "ClaimExpired",
    "Departure",
    "Hire",
    "NotPlaceable",
    "PlacementFee",
    "Position",
    "cancel",
    "clock_of",
    "fee_of",
    "memo_of",
    "open_guarantee",
    "original",
    "place",
    "place_instead",
    "place_offered",
    "positions",
    "report_leave",
    "report_start",
    "reporters",
    "verdict_of",
]
