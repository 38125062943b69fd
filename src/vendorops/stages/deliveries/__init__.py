"""Puts what was delivered under orders before a buyer, and draws from it what was accepted."""

from sqlmodel import and_, col, or_, select

from vendorops.books import Books
from vendorops.domain.lifecycle import DeliveryStatus, ServiceSheetStatus
from vendorops.stages import Step
from vendorops.stages.deliveries.concluding import conclude
from vendorops.stages.deliveries.gathering import due_for_acceptance, gather
from vendorops.stages.deliveries.refusing import (
    AlreadyDelivered,
    Delivered,
    Evidence,
    NotDeliverable,
    OverTheBudget,
    OverTheMost,
)
from vendorops.stages.deliveries.submission import deliver, withdraw_delivery
from vendorops.tables import Delivery, OrderLine, ServiceSheet, WorkItem
from vendorops.working.order_room import WHOLE

__all__ = [
    "SUBJECT",
    "AlreadyDelivered",
    "Delivered",
    "Evidence",
    "NotDeliverable",
    "OverTheBudget",
    "OverTheMost",
    "advance",
    "deliver",
    "ready",
    "withdraw_delivery",
]

SUBJECT = Delivery


def ready(books: Books) -> list[int]:
    """Return deliveries that go on a sheet now, and those whose sheet was decided."""
    goes = and_(
        col(Delivery.status) == DeliveryStatus.SUBMITTED,
        or_(
            col(OrderLine.kind).in_(WHOLE),
            col(Delivery.month) < f"{books.as_of:%Y-%m}",
        ),
    )
    decided = and_(
        col(Delivery.status) == DeliveryStatus.REPORTED,
        col(ServiceSheet.status) != ServiceSheetStatus.SUBMITTED,
    )
    query = (
        select(Delivery.id)
        .join(OrderLine, col(OrderLine.id) == col(Delivery.order_line_id))
        .join(WorkItem, col(WorkItem.id) == col(Delivery.work_item_id), isouter=True)
        .join(ServiceSheet, col(ServiceSheet.id) == col(WorkItem.service_sheet_id), isouter=True)
        .where(or_(goes, decided))
    )
    return list(books.session.exec(query.order_by(col(Delivery.id))))


def advance(books: Books, ident: int) -> Step:
    """Enter a sheet of a delivery and those beside it, or conclude what its sheet came to.

    Raises what `enter_sheet` raises, such as for a supplier that was stopped before the day.
    """
    delivery = books.get(Delivery, ident)
    if delivery.status == DeliveryStatus.SUBMITTED:
        if not due_for_acceptance(books, delivery):
            return Step.DONE
        gather(books, delivery)
        return Step.WAITING
    if delivery.status == DeliveryStatus.REPORTED:
        return conclude(books, delivery)
    return Step.DONE
