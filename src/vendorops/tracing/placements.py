"""What a placement rests on: work its fee stands on, its guarantee, and what was given back."""

from vendorops.books import Books
from vendorops.domain.money import Money
from vendorops.tables import Placement, WorkItem
from vendorops.tracing.credits import trace_credit
from vendorops.tracing.decisions import trace_decisions
from vendorops.tracing.tree import Check, Node
from vendorops.tracing.work import trace_work
from vendorops.working.placing import PlacementFee, fee_of, memo_of, original


def trace_placement(books: Books, reference: str) -> Node:
    """Return the tree of a placement; that of a replacement has the fee of whom it replaces."""
    row = books.named(Placement, reference)
    fee, memo, earned = fee_of(books, row), memo_of(books, row), original(books, row)
    facts = {
        "who": row.worker_name,
        "pay": Money(row.base_salary_minor, row.currency),
        "started_on": row.started_on,
        "guarantee_until": row.guarantee_until,
        "left_on": row.left_on,
        "left_because": row.left_because,
        "replaces": earned.reference if row.replaces_id else "",
        "claimed": fee.claimed,
        "fee_due_on": fee.paid.due_on,
        "fee_paid_on": fee.paid.paid_on,
        "status": row.status,
    }
    parts = list(trace_decisions(books, row))
    if earned.work_item_id:
        parts.append(trace_work(books, books.get(WorkItem, earned.work_item_id).reference))
    if memo:
        parts.append(trace_credit(books, memo.reference))
    back = Money(memo.net_minor if memo else 0, row.currency)
    told = {name: str(value) for name, value in facts.items() if value not in (None, "")}
    return Node("placement", reference, fee.amount, told, _checks(fee, back), tuple(parts))


def _checks(fee: PlacementFee, back: Money) -> tuple[Check, ...]:
    return (Check(f"{back} given back of {fee.most}", back <= fee.most),)
