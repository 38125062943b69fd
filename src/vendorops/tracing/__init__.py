"""Unfolds an amount into everything it rests on, and says whether every sum holds.

Payment → settlement → claim lines → allocation → work → acceptance → contract and term; beside it
the differences with their reasons, and the tax kept back with every number the law gave.
"""

import re
from collections.abc import Callable

from vendorops.books import Books
from vendorops.domain.refusal import Refused
from vendorops.tracing.claims import trace_invoice, trace_line
from vendorops.tracing.credits import trace_credit
from vendorops.tracing.payments import trace_payment, trace_settlement
from vendorops.tracing.placements import trace_placement
from vendorops.tracing.tasks import trace_task_order
from vendorops.tracing.tree import Check, Node, as_data, broken, checks, written
from vendorops.tracing.work import trace_work

__all__ = ["Check", "Node", "Untraceable", "as_data", "broken", "checks", "explain", "written"]

KINDS: dict[str, tuple[str, Callable[..., Node]]] = {
    "PAY-…": (r"PAY-\d{4}-\d+", trace_payment),
    "SET-…": (r"SET-\d{4}-\d+", trace_settlement),
    "INV-…": (r"INV-\d{4}-\d+", trace_invoice),
    "INV-…/LINE": (r"(INV-\d{4}-\d+)/(\d+)", trace_line),
    "PLC-…": (r"PLC-\d{4}-\d+", trace_placement),
    "CRM-…": (r"CRM-\d{4}-\d+", trace_credit),
    "TO-…": (r"TO-\d{4}-\d+", trace_task_order),
    "WRK-…": (r"WRK-\d{4}-\d+", trace_work),
}


class Untraceable(Refused):
    """The reference is of no kind that can be unfolded."""


def explain(books: Books, reference: str) -> Node:
    """Return the tree of whatever a reference names: a payment, settlement, memo, work."""
    for shape, trace in KINDS.values():
        found = re.fullmatch(shape, reference, re.ASCII)
        if found:
            return trace(books, *(found.groups() or (reference,)))
    raise Untraceable(f"{reference[:40]!r} cannot be explained; give {', '.join(KINDS)}")
