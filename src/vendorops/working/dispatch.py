"""What the books know of a dispatch to us in China, and the refusal of what guardrails forbid.

What nobody told is not refused: `vendorops dispatch check` lists it as unknown.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate

from sqlmodel import col

from vendorops.books import Books
from vendorops.documents.holding import verified_ever
from vendorops.domain.dispatch import (
    DispatchFacts,
    GuardFinding,
    Verdict,
    dispatch_checks,
    most_dispatched,
)
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.domain.tenure import joined
from vendorops.tables import (
    Contract,
    Headcount,
    Supplier,
    Worker,
    WorkOrder,
)
from vendorops.working.dispatch_posts import post_of
from vendorops.working.headcounts import headcounts
from vendorops.working.leasing import leasings, person_of

BINDING = ("LD-3", "LD-4", "LD-5", "LD-6", "LD-7")
"""What orders are refused for; the others concern the agency and its papers."""


class DispatchForbidden(Refused):
    """A guardrail of labour dispatch forbids the order."""


def refuse_dispatch(books: Books, contract: Contract, order: WorkOrder) -> None:
    """Refuse an order on a post that may not be dispatched on, or above the cap on any day.

    Raises DispatchForbidden, whose message begins with a code such as E_LD_05 or E_LD_07.
    """
    facts = facts_of(books, contract, order)
    for found in dispatch_checks(facts):
        if found.code in BINDING and found.verdict is Verdict.FAIL:
            raise DispatchForbidden(_sentence(found, order, facts.on_day))


def facts_of(books: Books, contract: Contract, order: WorkOrder) -> DispatchFacts:
    """Return what the books know of a dispatch, on the day of it that is nearest to the cap."""
    told = headcounts(books, contract.legal_entity_id, contract.place)
    day, own, dispatched = order.starts_on, None, None
    if told:  # Else nothing limits how many there are, and nobody needs to count them.
        day, own, dispatched = _tightest(_counts(books, contract, order), told, order)
    return DispatchFacts(
        on_day=day,
        post=post_of(books, order),
        licence=_licence(books, contract, order.starts_on),
        employees=own,
        dispatched=dispatched,
    )


def _sentence(found: GuardFinding, order: WorkOrder, day: date) -> str:
    code = f"E_LD_{int(found.code[3:]):02d}"
    return (
        f"{code}: {order.title} cannot be dispatched on {day}: {found.guard.title}:"
        f" {found.message} ({found.guard.source}); employ the person, or outsource a result"
    )


def _counts(books: Books, contract: Contract, order: WorkOrder) -> dict[date, int]:
    """Return how many are dispatched from each day on which that changes within an order."""
    whole = Period(order.starts_on, order.ends_on)
    others = leasings(
        books,
        [contract.place],
        col(Contract.legal_entity_id) == contract.legal_entity_id,
        col(WorkOrder.id) != order.id,
        col(WorkOrder.starts_on) < order.ends_on,
        col(WorkOrder.ends_on) > order.starts_on,
        live=True,
    )
    worker = books.get(Worker, order.worker_id) if order.worker_id else None
    spells: dict[tuple[str, str], list[Period]] = {person_of(order, worker): [whole]}
    for each in others:
        spells.setdefault(each.person, []).append(each.spell)
    change: Counter[date] = Counter()
    for served in spells.values():
        for spell in joined(served):
            change[max(spell.start, whole.start)] += 1
            change[min(spell.end, whole.end)] -= 1
    days = sorted(change)
    return dict(zip(days, accumulate(change[day] for day in days), strict=True))


def _tightest(
    counts: Mapping[date, int], told: Sequence[Headcount], order: WorkOrder
) -> tuple[date, int | None, int]:
    """Return day, own employees and dispatched ones where the cap is nearest, or passed first."""
    inside = {row.valid_from for row in told if order.starts_on < row.valid_from < order.ends_on}
    days = sorted({day for day in counts if day < order.ends_on} | inside)
    found: list[tuple[int, date, int, int]] = []
    dispatched = 0
    for day in days:
        dispatched = counts.get(day, dispatched)
        own = next((row.employees for row in told if row.valid_from <= day), None)
        if own is not None:
            found.append((most_dispatched(own, day) - dispatched, day, own, dispatched))
    if not found:
        return order.starts_on, None, counts[order.starts_on]
    passed = [each for each in found if each[0] < 0]
    _, day, own, dispatched = passed[0] if passed else min(found)
    return day, own, dispatched


def _licence(books: Books, contract: Contract, day: date) -> Period | None:
    """Return the days of the agency's verified licence of a day, or of none."""
    supplier = books.get(Supplier, contract.supplier_id)
    held = [each for each in verified_ever(books, supplier) if each.kind == "dispatch_licence"]
    spans = [
        Period(each.valid_from, each.valid_to)
        for each in held
        if each.valid_from and each.valid_to
    ]
    return next((span for span in spans if day in span), Period(day, day))
