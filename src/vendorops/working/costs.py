"""Lays every settled amount to the work it is for and to the cost centres that bear it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.costing import borne, weighed
from vendorops.domain.lifecycle import SettlementStatus
from vendorops.domain.money import Money
from vendorops.domain.periods import DAY, Period
from vendorops.tables import (
    Allocation,
    OrderLine,
    Settlement,
    SettlementCredit,
    SettlementLine,
    WorkItem,
)
from vendorops.working.cost_centres import Splits, splits


@dataclass(frozen=True)
class Cost:
    """A part of one sealed settlement, without tax: what it is for and who bears it."""

    settlement: Settlement
    order_id: int | None
    centre: str
    """Code of a cost centre; empty where nobody was told to bear it."""
    net: Money


_Settled = tuple[int, int]
"""A claim line, and what of it was settled."""


@dataclass(frozen=True)
class _Work:
    """The work that part of a claim line stands for."""

    performed_on: date
    order_id: int | None
    weight: int


def costs_of_month(books: Books, month: Period) -> list[Cost]:
    """Return all costs of the settlements of a month; of each they sum to its net exactly."""
    return costs(books, col(Settlement.month) == month.label)


def costs(books: Books, *which: ColumnElement[bool]) -> list[Cost]:
    """Return the costs of sealed settlements, in the order of their references."""
    wanted = (col(Settlement.status) == SettlementStatus.SEALED, *which)
    query = select(Settlement).where(*wanted).order_by(col(Settlement.reference))
    idents = query.with_only_columns(col(Settlement.id)).order_by(None)
    lines: defaultdict[int, list[_Settled]] = defaultdict(list)
    held = select(
        col(SettlementLine.settlement_id),
        col(SettlementLine.invoice_line_id),
        col(SettlementLine.net_minor),
    ).where(col(SettlementLine.settlement_id).in_(idents))
    for ident, line, net in books.session.execute(held.order_by(col(SettlementLine.id))):
        lines[ident].append((line, net))
    taken = select(SettlementCredit).where(col(SettlementCredit.settlement_id).in_(idents))
    memos: defaultdict[int, list[SettlementCredit]] = defaultdict(list)
    for part in books.session.exec(taken.order_by(col(SettlementCredit.id))):
        memos[part.settlement_id].append(part)
    shared, work = splits(books), _work(books, idents)
    return [
        cost
        for settlement in books.session.exec(query)
        for cost in (
            *_of_lines(settlement, lines[settlement.id], work, shared),
            *_of_credits(settlement, memos[settlement.id], shared),
        )
    ]


def _work(books: Books, idents: Select[Any]) -> Mapping[int, Mapping[int, Sequence[_Work]]]:
    """Return what claim lines were explained by: by line, then by reconciliation."""
    query = (
        select(  # type: ignore[call-overload]  # five columns are more than its types know.
            col(Allocation.invoice_line_id),
            col(Allocation.reconciliation_id),
            col(Allocation.amount_minor),
            col(WorkItem.performed_on),
            col(OrderLine.work_order_id),
        )
        .join(SettlementLine, col(SettlementLine.invoice_line_id) == Allocation.invoice_line_id)
        .join(WorkItem, col(WorkItem.id) == col(Allocation.work_item_id))
        .outerjoin(OrderLine, col(OrderLine.id) == col(WorkItem.order_line_id))
        .where(col(SettlementLine.settlement_id).in_(idents))
        .order_by(col(Allocation.id))
    )
    found: defaultdict[int, defaultdict[int, list[_Work]]]
    found = defaultdict(lambda: defaultdict(list))
    for line, run, amount, day, order in books.session.execute(query):
        found[line][run].append(_Work(day, order, abs(amount)))
    return found


def _of_lines(
    settlement: Settlement,
    lines: Sequence[_Settled],
    work: Mapping[int, Mapping[int, Sequence[_Work]]],
    shared: Splits,
) -> Iterator[Cost]:
    """Lay each settled line to the work that its newest match explained it by."""
    for line, minor in lines:
        runs = work.get(line, {})
        newest = max((run for run in runs if run <= settlement.reconciliation_id), default=None)
        parts = runs[newest] if newest else (_Work(_last_day(settlement), None, 1),)
        net = Money(minor, settlement.currency)
        pieces = weighed(net, [part.weight for part in parts])
        for part, piece in zip(parts, pieces, strict=True):
            shares = shared.on(part.performed_on, settlement.contract_id, part.order_id)
            for centre, money in borne(piece, shares):
                yield Cost(settlement, part.order_id, centre, money)


def _of_credits(
    settlement: Settlement, taken: Sequence[SettlementCredit], shared: Splits
) -> Iterator[Cost]:
    """Lay what was taken off to those who bear the contract at the end of the month."""
    shares = shared.on(_last_day(settlement), settlement.contract_id)
    for credit in taken:
        back = Money(-credit.net_minor, settlement.currency)
        for centre, money in borne(back, shares):
            yield Cost(settlement, None, centre, money)


def _last_day(settlement: Settlement) -> date:
    return Period.month(settlement.month).end - DAY
