"""What must be known of orders to judge time: days, person, place, kinds of time, rates."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import WorkOrderStatus
from vendorops.programs import program
from vendorops.tables import Contract, Supplier, Worker, WorkOrder

T = TypeVar("T")
AT_ONCE = 10_000
"""Values of one IN list; SQLite takes some thirty thousand."""
BEGUN = (WorkOrderStatus.ACTIVE, WorkOrderStatus.CLOSED, WorkOrderStatus.TERMINATED)
"""Time worked before an order ended is handed in after it."""
HOUR, MONTH = "HUR", "MON"


@dataclass(frozen=True)
class Order:
    """An order as whoever judges time sees it."""

    id: int
    reference: str
    contract_id: int
    supplier_id: int
    supplier: str
    party_id: int
    status: str
    starts_on: date
    ends_on: date
    role: str
    site: str
    currency: str
    person: tuple[str, str] | None
    """Scheme and blind index of the worker's number: one person at every supplier."""
    hours: frozenset[str]
    months: frozenset[str]
    """Term codes of its program that count hours, and those that count months."""

    @property
    def place(self) -> tuple[int, str]:
        """Where somebody is who works under it: for whom, and at which site."""
        return self.supplier_id, self.site


def pieces(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut values into lists that one statement takes."""
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]


def orders_named(books: Books, references: Sequence[str]) -> dict[str, Order]:
    """Return the orders there are of some references, by reference."""
    found: dict[str, Order] = {}
    for some in pieces(references):
        for row in books.session.execute(_query().where(col(WorkOrder.reference).in_(some))):
            order = _order(row)
            found[order.reference] = order
    return found


def orders_of(books: Books, orders: Iterable[Order]) -> dict[int, Order]:
    """Return these orders and all others of the same people, by key."""
    found = {order.id: order for order in orders}
    indexes = sorted({order.person[1] for order in found.values() if order.person})
    for some in pieces(indexes):
        for row in books.session.execute(_query().where(col(Worker.identifier_index).in_(some))):
            order = _order(row)
            found[order.id] = order
    return found


def _query() -> Any:  # noqa: ANN401 - a statement of seventeen columns.
    return (
        select(  # type: ignore[call-overload]  # more columns than SQLModel's overloads have.
            *(getattr(WorkOrder, name) for name in _OWN),
            Contract.supplier_id,
            Supplier.reference,
            Supplier.party_id,
            Contract.program,
            Worker.identifier_scheme,
            Worker.identifier_index,
        )
        .join(Contract, col(Contract.id) == col(WorkOrder.contract_id))
        .join(Supplier, col(Supplier.id) == col(Contract.supplier_id))
        .outerjoin(Worker, col(Worker.id) == col(WorkOrder.worker_id))
    )


_OWN = (
    *("id", "reference", "contract_id", "status", "starts_on", "ends_on"),
    *("role", "site", "currency"),
)


def _order(row: Sequence[Any]) -> Order:
    own = dict(zip(_OWN, row[: len(_OWN)], strict=True))
    supplier_id, supplier, party_id, code, scheme, index = row[len(_OWN) :]
    return Order(
        **own,
        supplier_id=supplier_id,
        supplier=supplier,
        party_id=party_id,
        person=(scheme, index) if index else None,
        hours=kinds(code, HOUR),
        months=kinds(code, MONTH),
    )


@cache
def kinds(code: str, unit: str) -> frozenset[str]:
    """Return the terms of a program that count a unit.

    >>> sorted(kinds("staffing", "MON"))
    ['headcount_month', 'service_fee']
    """
    return frozenset(term.code for term in program(code).terms if term.unit == unit)
