"""Gathers what one person reported under one contract in one month into a service sheet."""

from collections.abc import Sequence

from sqlmodel import col, select

from vendorops.books import Books, canonical
from vendorops.domain.lifecycle import DeliveryStatus
from vendorops.domain.measure import quantity_text
from vendorops.domain.periods import Period
from vendorops.tables import (
    Contract,
    Delivery,
    DeliveryEvidence,
    OrderLine,
    ServiceSheet,
    WorkItem,
    WorkOrder,
)
from vendorops.working import Report, Reported, enter_sheet
from vendorops.working.order_room import WHOLE


def due_for_acceptance(books: Books, delivery: Delivery) -> bool:
    """Tell whether a delivery goes on a sheet now.

    Events do as they come; units and hours are counted until their month is over, because the
    quantity of a sheet chooses tiers.
    """
    line = books.get(OrderLine, delivery.order_line_id)
    return line.kind in WHOLE or books.as_of >= Period.month(delivery.month).end


def gather(books: Books, delivery: Delivery) -> ServiceSheet:
    """Enter a sheet of a delivery and all beside it that go on one now."""
    contract = books.get(Contract, delivery.contract_id)
    beside = _beside(books, delivery)
    lines = [_reported(books, each) for each in beside]
    source = canonical(_told(books, contract, beside))
    report = Report(delivery.month, delivery.submitted_by, lines, source, ".json")
    sheet = enter_sheet(books, contract, report)
    query = select(WorkItem).where(col(WorkItem.service_sheet_id) == sheet.id)
    items = books.session.exec(query.order_by(col(WorkItem.line))).all()
    for each, item in zip(beside, items, strict=True):
        each.work_item_id = item.id
        books.move(each, DeliveryStatus.REPORTED, because=f"{item.reference} on {sheet.reference}")
    return sheet


def _beside(books: Books, delivery: Delivery) -> list[Delivery]:
    query = select(Delivery).where(
        col(Delivery.contract_id) == delivery.contract_id,
        col(Delivery.month) == delivery.month,
        col(Delivery.submitted_by) == delivery.submitted_by,
        col(Delivery.status) == DeliveryStatus.SUBMITTED,
    )
    found = books.session.exec(query.order_by(col(Delivery.id)))
    return [each for each in found if due_for_acceptance(books, each)]


def _reported(books: Books, delivery: Delivery) -> Reported:
    line = books.get(OrderLine, delivery.order_line_id)
    return Reported(
        term=line.code,
        description=delivery.description,
        performed_on=delivery.delivered_on,
        quantity_e4=delivery.quantity_e4,
        order_line_id=line.id,
    )


def _told(books: Books, contract: Contract, beside: Sequence[Delivery]) -> dict[str, object]:
    """Return what a sheet is made from, its evidence by hash: whoever accepts is bound to it."""
    return {
        "contract": contract.reference,
        "month": beside[0].month,
        "submitted_by": beside[0].submitted_by,
        "deliveries": [_one(books, each) for each in beside],
    }


def _one(books: Books, delivery: Delivery) -> dict[str, object]:
    line = books.get(OrderLine, delivery.order_line_id)
    query = select(DeliveryEvidence.sha256).where(col(DeliveryEvidence.delivery_id) == delivery.id)
    rework = books.get(Delivery, delivery.rework_of_id) if delivery.rework_of_id else None
    return {
        "delivery": delivery.reference,
        "order": books.get(WorkOrder, delivery.work_order_id).reference,
        "line": line.number,
        "quantity": quantity_text(delivery.quantity_e4),
        "delivered_on": delivery.delivered_on.isoformat(),
        "description": delivery.description,
        "rework_of": rework.reference if rework else "",
        "evidence": sorted(books.session.exec(query)),
    }
