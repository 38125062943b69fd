"""How work becomes money: who does it, what an order prices, and the sheet it is accepted on.

Stages of every program report here, so that acceptance, matching and settlement need not know how
a placement, a timesheet, a milestone or a task came about.
"""

from vendorops.working.pricing import Agreement, agreement
from vendorops.working.reporting import NotSubmittable, Report, Reported, enter_sheet
from vendorops.working.workers import NotRegistrable, WorkerForm, register_worker

__all__ = [
    "Agreement",
    "NotRegistrable",
    "NotSubmittable",
    "Report",
    "Reported",
    "WorkerForm",
    "agreement",
    "enter_sheet",
    "register_worker",
]
