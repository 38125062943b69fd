"""Proposes changes of orders, and makes them once they are approved."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, func, select

from vendorops.books import Books, canonical, log
from vendorops.domain.lifecycle import OrderRevisionStatus, WorkOrderStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import Contract, OrderLine, OrderRevision, WorkOrder
from vendorops.working.order_checks import refuse_order
from vendorops.working.ordering import LineWanted, lines_on, new_lines

LIVE = (WorkOrderStatus.ACCEPTED, WorkOrderStatus.ACTIVE)


class _TriedError(Exception):
    """Ends a trial, whose savepoint is taken back."""


class NotRevisable(Refused):
    """The order cannot be changed so."""


@dataclass(frozen=True)
class Change:
    """What is to become of an order from a day on."""

    kind: str
    """extend, re_rate, end or change (a change order)."""
    valid_from: date
    reason: str
    ends_on: date | None = None
    budget_minor: int | None = None
    lines: Sequence[LineWanted] = ()


def propose_revision(books: Books, order: WorkOrder, change: Change) -> OrderRevision:
    """Enter a change in draft; stage `order_revisions` has it approved and makes it.

    Raises NotRevisable while another one is open, where nothing would change, and what the checks
    of orders raise about the order as it would become.
    """
    log.lock(books.session)
    if order.status not in LIVE:
        raise NotRevisable(f"{order.reference} is {order.status}; only live orders are changed")
    _refuse_another(books, order)
    before, after = _shown(books, order, None), _shown(books, order, change)
    if before == after:
        raise NotRevisable(f"{order.reference} would stay as it is; say what is to change")
    _try(books, order, change)
    numbers = select(func.coalesce(func.max(OrderRevision.number), 0)).where(
        col(OrderRevision.work_order_id) == order.id
    )
    number = int(books.session.exec(numbers).one()) + 1
    budget = order.budget_minor if change.budget_minor is None else change.budget_minor
    return books.enter(
        OrderRevision(
            id=books.key(),
            reference=f"{order.reference}/R{number}",
            work_order_id=order.id,
            number=number,
            kind=change.kind,
            valid_from=change.valid_from,
            delta_minor=budget - order.budget_minor,
            before=canonical(before).decode(),
            after=canonical(after).decode(),
            reason=change.reason,
            proposed_by=books.actor,
            proposed_on=books.as_of,
        ),
        because=change.reason,
    )


def apply_revision(books: Books, revision: OrderRevision) -> None:
    """Make an approved change: new lines from its day on, another end or budget."""
    order = books.hold(WorkOrder, revision.work_order_id)
    _make(books, order, _change(revision))
    revision.applied_on = books.as_of
    books.record("revised", order, f"{revision.reference}: {revision.reason}")


def _try(books: Books, order: WorkOrder, change: Change) -> None:
    """Make a change and take it back, so that what stands against it is told to its proposer."""
    with suppress(_TriedError), books.session.begin_nested():
        _make(books, order, change)
        raise _TriedError
    books.session.refresh(order)


def _refuse_another(books: Books, order: WorkOrder) -> None:
    query = select(OrderRevision.reference).where(
        col(OrderRevision.work_order_id) == order.id,
        col(OrderRevision.status).in_((OrderRevisionStatus.DRAFT, OrderRevisionStatus.APPROVED)),
    )
    other = books.session.exec(query).first()
    if other:
        raise NotRevisable(f"{other} is still open; have it decided first")


def _make(books: Books, order: WorkOrder, change: Change) -> None:
    contract = books.get(Contract, order.contract_id)
    order.revision += 1
    if change.ends_on is not None:
        if change.ends_on <= order.starts_on:
            raise NotRevisable(f"{order.reference} starts on {order.starts_on}; end it later")
        order.ends_on = change.ends_on
    if change.budget_minor is not None:
        order.budget_minor = change.budget_minor
    lines = new_lines(books, contract, order, change.lines, change.valid_from)
    for line in lines:
        books.enter(line)
    books.session.flush()
    current: list[OrderLine] = list(lines_on(books, order, change.valid_from).values())
    refuse_order(books, order, current)


def _shown(books: Books, order: WorkOrder, change: Change | None) -> dict[str, object]:
    """Return an order as it is, or as a change makes it, for whoever decides on it."""
    if change is None:
        lines = lines_on(books, order, order.ends_on).values()
        return {
            "ends_on": order.ends_on.isoformat(),
            "budget_minor": order.budget_minor,
            "lines": [_line(line) for line in lines],
        }
    return {
        "ends_on": (change.ends_on or order.ends_on).isoformat(),
        "budget_minor": order.budget_minor if change.budget_minor is None else change.budget_minor,
        "lines": _merged(books, order, change.lines),
    }


def _merged(
    books: Books, order: WorkOrder, wanted: Sequence[LineWanted]
) -> list[dict[str, object]]:
    lines = [_line(line) for line in lines_on(books, order, order.ends_on).values()]
    by_number = {line["number"]: line for line in lines}
    last = max((int(str(number)) for number in by_number), default=0)
    for line in wanted:
        last += 0 if line.number else 1
        number = line.number or last
        by_number[number] = _line(line) | {"number": number}
    return list(by_number.values())


def _line(line: OrderLine | LineWanted) -> dict[str, object]:
    return {
        "number": line.number,
        "code": line.code,
        "kind": line.kind,
        "description": line.description,
        "price_e6": line.price_e6,
        "pay_e6": line.pay_e6,
        "most_e4": line.most_e4,
        "due_on": line.due_on.isoformat() if line.due_on else "",
    }


def _change(revision: OrderRevision) -> Change:
    """Return the change that a revision's rows tell of."""
    before, after = json.loads(revision.before), json.loads(revision.after)
    changed = [line for line in after["lines"] if line not in before["lines"]]
    return Change(
        kind=revision.kind,
        valid_from=revision.valid_from,
        reason=revision.reason,
        ends_on=date.fromisoformat(after["ends_on"]),
        budget_minor=after["budget_minor"],
        lines=[_wanted(line) for line in changed],
    )


def _wanted(line: dict[str, object]) -> LineWanted:
    due = str(line["due_on"])
    return LineWanted(**{**line, "due_on": date.fromisoformat(due) if due else None})  # type: ignore[arg-type]  # as `_line` wrote it.
