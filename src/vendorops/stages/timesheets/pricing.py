"""Sums time by what prices it: one piece of work for each order, kind and price."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.measure import quantity_text
from vendorops.domain.program import Performed
from vendorops.domain.rate_cards import AboveCap
from vendorops.programs import program
from vendorops.stages.timesheets.orders import Order, orders_named, pieces
from vendorops.stages.timesheets.rates import Caps, caps_of
from vendorops.tables import Contract, OrderLine, TimeEntry, WorkOrder
from vendorops.working import Agreement, Reported, agreement

ONE_E4 = 10**4


@dataclass
class Piece:
    """Time of one order and kind whose unit costs the same on each of its days."""

    order: Order
    kind: str
    line_id: int | None
    price_e6: int
    days: set[date] = field(default_factory=set)
    sheets: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    """How much of it stands on which sheet."""

    @property
    def quantity_e4(self) -> int:
        """All of it; below nothing where more was taken back than added."""
        return sum(self.sheets.values())

    def reported(self, suffix: str = "") -> Reported:
        """Return it as a line of a service sheet, of its last day."""
        first, last = min(self.days), max(self.days)
        return Reported(
            term=self.kind,
            description=(
                f"{self.order.reference} {self.kind}: {quantity_text(self.quantity_e4)} on"
                f" {len(self.days)} days, {first} to {last}{suffix}"
            ),
            performed_on=last,
            quantity_e4=self.quantity_e4,
            order_line_id=self.line_id,
        )


def pieces_of(books: Books, contract: Contract, time: Sequence[TimeEntry]) -> list[Piece]:
    """Return time by order, kind and price, in order.

    Raises AboveCap where a price is above the rate card of its day, whoever agreed on it.
    """
    orders = _orders(books, time)
    lines = _Lines(books, contract, orders)
    found_lines = [lines.of(row) for row in time]
    work = [(row.kind, row.quantity_e4, line) for row, line in zip(time, found_lines, strict=True)]
    prices = _Prices(agreement(books, contract, work), caps_of(books, orders.values()))
    found: dict[tuple[int, str, int, int], Piece] = {}
    for row, line in zip(time, found_lines, strict=True):
        order = orders[row.work_order_id]
        price = prices.of(order, row.kind, row.on_day, line)
        key = (order.id, row.kind, line or 0, price)
        piece = found.setdefault(key, Piece(order, row.kind, line, price))
        piece.days.add(row.on_day)
        piece.sheets[row.timesheet_id] += row.quantity_e4
    return [piece for piece in found.values() if piece.quantity_e4]


def _orders(books: Books, time: Sequence[TimeEntry]) -> dict[int, Order]:
    names: list[str] = []
    for some in pieces(sorted({row.work_order_id for row in time})):
        query = select(WorkOrder.reference).where(col(WorkOrder.id).in_(some))
        names += books.session.exec(query)
    return {order.id: order for order in orders_named(books, sorted(names)).values()}


class _Lines:
    """The lines of orders by code: whose price stands in the place of the contract's."""

    def __init__(self, books: Books, contract: Contract, orders: dict[int, Order]) -> None:
        self.multiples = program(contract.program).multiples
        self.lines: dict[tuple[int, str], list[OrderLine]] = defaultdict(list)
        for some in pieces(sorted(orders)):
            query = select(OrderLine).where(col(OrderLine.work_order_id).in_(some))
            begun = (col(OrderLine.valid_from), col(OrderLine.revision), col(OrderLine.number))
            for line in books.session.exec(query.order_by(*begun)):
                self.lines[line.work_order_id, line.code].append(line)

    def of(self, row: TimeEntry) -> int | None:
        """Return the line that prices a kind on a day: its own, else what it is a multiple of."""
        own = self._on(row.work_order_id, row.kind, row.on_day)
        if own is None and row.kind in self.multiples:
            return self._on(row.work_order_id, self.multiples[row.kind][0], row.on_day)
        return own

    def _on(self, order_id: int, code: str, day: date) -> int | None:
        begun = [line for line in self.lines.get((order_id, code), ()) if line.valid_from <= day]
        return begun[-1].id if begun else None


class _Prices:
    """Prices of kinds of time, each worked out and held against the rate card once."""

    def __init__(self, agreed: Agreement, caps: Caps) -> None:
        self.agreed, self.caps = agreed, caps
        self.known: dict[tuple[str, int | None, date], int] = {}
        self.checked: set[tuple[int, str, date]] = set()

    def of(self, order: Order, kind: str, day: date, line: int | None) -> int:
        """Return the price of a unit; refused above the cap of the order's rate card."""
        key = (kind, line, day)
        if key not in self.known:
            self.known[key] = self.agreed.price(Performed(kind, ONE_E4), day, line)
        price = self.known[key]
        whose = (order.id, kind, day)
        if self.caps.bound and whose not in self.checked:
            self.checked.add(whose)
            reason = self.caps.above(order, kind, day, price)
            if reason:
                raise AboveCap(reason)
        return price
