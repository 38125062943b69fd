"""Which orders put somebody else's worker under our direction: labour dispatch, leasing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import col

from vendorops.books import Books
from vendorops.domain.lifecycle import WorkOrderStatus
from vendorops.domain.periods import Period
from vendorops.tables import Contract, Event, Worker, WorkOrder

LEASED = "labor_dispatch"
PROGRAM = "staffing"
"""Its work orders are leasing where nothing was decided about the mode."""
LIVE = (WorkOrderStatus.ACCEPTED, WorkOrderStatus.ACTIVE)
SERVED = (*LIVE, WorkOrderStatus.CLOSED, WorkOrderStatus.TERMINATED)


@dataclass(frozen=True)
class Leasing:
    """The days for which one order leases one person to a legal entity of ours."""

    order_id: int
    worker_id: int | None
    user: int
    """Key of the legal entity."""
    place: str
    person: tuple[str, str]
    """Who it is, at whichever supplier; an order without a worker stands for one person."""
    spell: Period


def is_leasing(order: WorkOrder, contract: Contract) -> bool:
    """Tell whether an order leases a worker to us: by its mode, or by its program."""
    if order.form != "work_order":
        return False
    return order.mode == LEASED or (not order.mode and contract.program == PROGRAM)


def person_of(order: WorkOrder, worker: Worker | None) -> tuple[str, str]:
    """Return who works under an order: one person is the same at another supplier."""
    if worker is None:
        return ("order", str(order.id))
    return (worker.identifier_scheme, worker.identifier_index)


def leasings(
    books: Books, places: Iterable[str], *where: ColumnElement[bool], live: bool = False
) -> list[Leasing]:
    """Return the leasings that were accepted in some places, or those of them that still live.

    `where` narrows them by columns of orders, contracts and workers.
    """
    leased = or_(
        col(WorkOrder.mode) == LEASED,
        and_(col(WorkOrder.mode) == "", col(Contract.program) == PROGRAM),
    )
    query = (
        select(
            *(col(WorkOrder.id), col(WorkOrder.worker_id), col(Contract.legal_entity_id)),
            *(col(Contract.place), col(Worker.identifier_scheme), col(Worker.identifier_index)),
            *(col(WorkOrder.starts_on), col(WorkOrder.ends_on)),
        )
        .join(Contract, col(Contract.id) == col(WorkOrder.contract_id))
        .join(Worker, col(Worker.id) == col(WorkOrder.worker_id), isouter=True)
        .where(
            leased,
            col(WorkOrder.form) == "work_order",
            col(WorkOrder.status).in_(LIVE if live else SERVED),
            col(Contract.place).in_(sorted(places)),
            *where,
        )
    )
    rows = books.session.execute(query.order_by(col(WorkOrder.id))).all()
    ended = {} if live else _terminated(books)
    return [
        Leasing(order, worker, user, place, (scheme or "order", index or str(order)), spell)
        for order, worker, user, place, scheme, index, starts, ends in rows
        for spell in [Period(starts, min(ends, ended.get(order, ends)))]
        if spell.start < spell.end
    ]


def _terminated(books: Books) -> dict[int, date]:
    """Return on which day orders were ended before their time."""
    query = (
        select(col(Event.subject_id), col(Event.business_day))
        .join(WorkOrder, col(WorkOrder.id) == col(Event.subject_id))
        .where(
            col(WorkOrder.status) == WorkOrderStatus.TERMINATED,
            col(Event.subject_table) == WorkOrder.__name__.lower(),
            col(Event.after) == WorkOrderStatus.TERMINATED.value,
        )
    )
    return {int(ident): day for ident, day in books.session.execute(query).all()}
