"""How work becomes money: what an order or a contract prices, and the sheet it is accepted on.

Stages of every program report here, so that acceptance, matching and settlement need not know how
a placement, a timesheet, a milestone or a task came about.
"""

from vendorops.working.pricing import Agreement, agreement
from vendorops.working.reporting import NotSubmittable, Report, Reported, enter_sheet

__all__ = [
    "Agreement",
    "NotSubmittable",
    "Report",
    "Reported",
    "agreement",
    "enter_sheet",
]
