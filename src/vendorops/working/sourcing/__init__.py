"""How people are found: what stages and commands of sourcing share.

A requisition is opened with the suppliers it goes to, distributed in tiers, answered by
submissions; candidates are met, offered, and become workers of the supplier.
"""

from vendorops.working.sourcing.accepting import accept, decline, take_back
from vendorops.working.sourcing.answering import decline_requisition, view
from vendorops.working.sourcing.deciding import reject, shortlist, withdraw
from vendorops.working.sourcing.ending import end_requisition, stop
from vendorops.working.sourcing.interviewing import (
    cancel_interview,
    confirm,
    hold,
    miss,
    propose_interview,
)
from vendorops.working.sourcing.offering import draft_offer
from vendorops.working.sourcing.opening import distribute, open_requisition
from vendorops.working.sourcing.submitting import submit

__all__ = [
    "accept",
    "cancel_interview",
    "confirm",
    "decline",
    "decline_requisition",
    "distribute",
    "draft_offer",
    "end_requisition",
    "hold",
    "miss",
    "open_requisition",
    "propose_interview",
    "reject",
    "shortlist",
    "stop",
    "submit",
    "take_back",
    "view",
    "withdraw",
]
