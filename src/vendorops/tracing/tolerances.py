"""What a claim was held against: how far it could stray, the tax that holds, the room of a cap.

All of it as the reconciliation wrote it down before it judged, with its day and its citation.
"""

import json
from collections.abc import Mapping
from typing import Any

from vendorops.domain.matching import Reason
from vendorops.domain.money import Money
from vendorops.tables import Reconciliation, WorkItem
from vendorops.tracing.tree import Node

Limits = Mapping[str, Any]
MILLIONTHS_A_PERCENT, TEN_THOUSANDTHS_A_PERCENT = 10_000, 100
STEPS: Mapping[str, str] = {
    Reason.PRICE_ABOVE_TERM: "price",
    Reason.PRICE_BELOW_TERM: "price",
    Reason.QUANTITY_ABOVE_ACCEPTED: "quantity",
}
"""The step whose tolerance decides about a difference."""
TAXED = (Reason.WRONG_TAX_CATEGORY, Reason.WRONG_TAX_RATE)


def limit_nodes(
    of: Reconciliation, contract: str, reason: str, work: WorkItem | None, currency: str
) -> tuple[Node, ...]:
    """Return what a difference of some reason was held against; nothing where none bears on it."""
    ruled = json.loads(of.rules)
    written = next(
        (row for row in ruled.get("contracts", ()) if row["contract"] == contract), None
    )
    if written is None:
        return ()
    if reason == Reason.WRONG_TAX_AMOUNT:
        return (_tolerance("tax", written["tax"], currency),)
    if reason == Reason.CAP_EXCEEDED:
        room = Money(written["room_minor"], currency)
        return (Node("cap", contract, facts={"room_before_the_month": room}),)
    span = _span(written["terms"], work) if work else None
    return _of_work(written, span, reason, work) if span else ()


def _of_work(
    written: Limits, span: Limits, reason: str, work: WorkItem | None
) -> tuple[Node, ...]:
    """Return what a difference was held against of what holds for the work of its line."""
    currency = work.currency if work else ""
    if reason in STEPS:
        limits = (_tolerance(STEPS[reason], span[STEPS[reason]], currency),)
        total = written.get("total")
        return (*limits, _tolerance("total", total, currency)) if total else limits
    if reason == Reason.GRADE_BELOW_AGREED and span.get("degree"):
        return (_degree(span["degree"], work),)
    if reason in TAXED and span["tax"]:
        return (_tax(span["tax"]),)
    return ()


def _span(spans: list[Limits], work: WorkItem) -> Limits | None:
    """Return what held for a piece of work on its day."""
    day = work.performed_on.isoformat()
    held = [span for span in spans if work.term in span["of"] and span["from"] <= day]
    return max(held, key=lambda span: str(span["from"]), default=None)


def _tolerance(step: str, limits: Limits, currency: str) -> Node:
    facts = {
        "of": step,
        "up_to": f"{limits['share_e6'] / MILLIONTHS_A_PERCENT:g} %",
        "and_at_most": Money(limits["amount_minor"], currency),
        "since": limits.get("since", ""),
    }
    return Node("tolerance", limits["cite"], facts=facts)


def _degree(degree: Limits, work: WorkItem | None) -> Node:
    facts = {
        "sides": degree["sides"],
        "paid_by_grade": " ".join(degree["grades"]),
        "grade_given": (work.grade if work else None) or "none",
        "since": degree["since"],
    }
    return Node("degree of matching", degree["cite"], facts=facts)


def _tax(tax: Limits) -> Node:
    facts = {
        "category": tax["category"],
        "rate": f"{tax['rate_e4'] / TEN_THOUSANDTHS_A_PERCENT:g} %",
        "since": tax["since"],
    }
    return Node("tax that holds", tax["cite"], facts=facts)
