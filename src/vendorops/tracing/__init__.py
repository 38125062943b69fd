"""Unfolds an amount into everything it rests on, and says whether every sum holds.

Payment → settlement → claim lines → allocation → work → acceptance → term and clause; beside it
the differences with their reasons, tolerances and decisions, who signed the contract, how it was
booked, and the tax kept back with every number the law gave. A joint run unfolds to its sums; its
people are too many for one tree, and each of them unfolds alone.
"""

import re
from collections.abc import Callable

from vendorops.books import Books
from vendorops.domain.refusal import Refused
from vendorops.tracing.adjustments import trace_adjustment, trace_agreed_term
from vendorops.tracing.batches import trace_batch, trace_filing
from vendorops.tracing.claims import trace_invoice, trace_line
from vendorops.tracing.contracts import trace_contract
from vendorops.tracing.credits import trace_credit
from vendorops.tracing.delivered import trace_delivery, trace_task_delivery
from vendorops.tracing.disputed import trace_dispute
from vendorops.tracing.earnings import trace_earning
from vendorops.tracing.page import page
from vendorops.tracing.payments import trace_part, trace_payment, trace_settlement
from vendorops.tracing.placements import trace_placement
from vendorops.tracing.questions import trace_question
from vendorops.tracing.reconciliations import trace_reconciliation
from vendorops.tracing.runs import trace_run
from vendorops.tracing.tasks import trace_task_order
from vendorops.tracing.transfers import trace_transfer
from vendorops.tracing.tree import Check, Node, as_data, broken, checks, written
from vendorops.tracing.work import trace_work

__all__ = [
    "Check",
    "Node",
    "Untraceable",
    "as_data",
    "broken",
    "checks",
    "explain",
    "page",
    "written",
]

Trace = Callable[..., Node]
NUMBERED: dict[str, Trace] = {
    "PAY": trace_payment,
    "PRT": trace_part,
    "BAT": trace_batch,
    "SET": trace_settlement,
    "RUN": trace_run,
    "RET": trace_filing,
    "INV": trace_invoice,
    "REC": trace_reconciliation,
    "WRK": trace_work,
    "PLC": trace_placement,
    "CRM": trace_credit,
    "ADJ": trace_adjustment,
    "AGT": trace_agreed_term,
    "EAR": trace_earning,
    "TO": trace_task_order,
    "DEL": trace_delivery,
    "DLV": trace_task_delivery,
    "CON": trace_contract,
    "DSP": trace_dispute,
}
"""What unfolds a reference such as `PAY-2026-000001`, by its first letters."""
BOOKED = {
    "settlement": "SET-…/net",
    "payment": "PAY-…",
    "funding": "FND-…",
    "bank-charge": "BKE-…",
    "memo": "CRM-…",
}
"""What the ledger's keys begin with, and how they go on."""
SHOWN = (
    *(f"{letters}-…" for letters in NUMBERED),
    *("INV-…/LINE", "DEC-…"),
    *(f"{what}/{of}" for what, of in BOOKED.items()),
)


class Untraceable(Refused):
    """The reference is of no kind that can be unfolded."""


def explain(books: Books, reference: str) -> Node:
    """Return the tree of whatever a reference names, down to clause, work, claim and citation."""
    line = re.fullmatch(r"(INV-\d{4}-\d+)/(\d{1,6})", reference, re.ASCII)
    if line:
        return trace_line(books, *line.groups())
    if reference.partition("/")[0] in BOOKED:
        return trace_transfer(books, reference)
    numbered = re.fullmatch(r"([A-Z]+)-\d{4}-\d+", reference, re.ASCII)
    letters = numbered[1] if numbered else ""
    if letters == "DEC":
        return trace_question(books, reference, NUMBERED)
    if letters in NUMBERED:
        return NUMBERED[letters](books, reference)
    raise Untraceable(f"{reference[:40]!r} cannot be explained; give {', '.join(SHOWN)}")
