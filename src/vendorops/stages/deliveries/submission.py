"""Enters what a supplier delivered of a line: who, what, which day, how much, how it is proved."""

from vendorops.books import Books, log
from vendorops.documents import keep
from vendorops.domain.lifecycle import DeliveryStatus
from vendorops.domain.periods import Period
from vendorops.stages.deliveries.refusing import (
    Delivered,
    NotDeliverable,
    deliverable_line,
    refuse_without_room,
    reworked,
)
from vendorops.tables import Contract, Delivery, DeliveryEvidence, WorkOrder
from vendorops.working.fitness import refuse_unfit
from vendorops.working.licences import refuse_unlicensed


def deliver(books: Books, order: WorkOrder, said: Delivered) -> Delivery:
    """Enter a delivery in the name of whoever reports it, with the files that prove it.

    Raises NotDeliverable outside the order's days or its state, without evidence, and for a line
    that cannot be delivered so; AlreadyDelivered, OverTheMost and OverTheBudget where there is no
    room for it; and what reported work of that day is refused for.
    """
    log.lock(books.session)  # Two deliveries must not both find the last room of a line.
    contract = books.get(Contract, order.contract_id)
    line = deliverable_line(books, order, said)
    rework = reworked(books, line, said) if said.rework_of else None
    refuse_without_room(books, order, line, said)
    refuse_unfit(books, contract, books.actor, [said.delivered_on])
    refuse_unlicensed(books, contract, [said.delivered_on])
    row = books.enter(
        Delivery(
            id=books.key(),
            reference=books.reference("DEL"),
            work_order_id=order.id,
            order_line_id=line.id,
            contract_id=contract.id,
            month=Period.month_of(said.delivered_on).label,
            delivered_on=said.delivered_on,
            description=said.description or line.description,
            quantity_e4=said.quantity_e4,
            rework_of_id=rework.id if rework else None,
            submitted_by=books.actor,
            submitted_on=books.as_of,
        ),
        because=f"line {line.number} of {order.reference}, with {len(said.evidence)} files",
    )
    for sha256 in _kept(books, row, said):
        books.enter(DeliveryEvidence(id=books.key(), delivery_id=row.id, sha256=sha256))
    return row


def withdraw_delivery(books: Books, delivery: Delivery, because: str) -> None:
    """Take back a delivery that is on no sheet yet; only whoever reported it may."""
    log.lock(books.session)
    if delivery.submitted_by != books.actor:
        raise NotDeliverable(
            f"{delivery.reference} was reported by {delivery.submitted_by}, who may withdraw it"
        )
    books.move(delivery, DeliveryStatus.WITHDRAWN, because=because)


def _kept(books: Books, row: Delivery, said: Delivered) -> list[str]:
    title = f"evidence of {row.reference}"
    found = [keep(books, each.data, title, each.suffix) for each in said.evidence]
    return list(dict.fromkeys(found))
