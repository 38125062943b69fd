"""What proves work that was reported as a delivery: by whom, when, the hashes of its evidence."""

from collections.abc import Sequence

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.measure import quantity_text
from vendorops.tables import (
    Delivery,
    DeliveryEvidence,
    TaskDelivery,
    TaskEvidence,
    WorkItem,
    WorkOrder,
)
from vendorops.tracing.tree import Node


def delivery_nodes(books: Books, work: Sequence[WorkItem]) -> dict[int, Node]:
    """Return the deliveries that some work came from, by the key of the work."""
    sheets = {item.service_sheet_id for item in work}
    query = select(TaskDelivery).where(col(TaskDelivery.service_sheet_id).in_(sheets))
    found = {(row.service_sheet_id, row.sheet_line): row for row in books.session.exec(query)}
    tasks = {
        item.id: delivery_node(books, found[place])
        for item in work
        if (place := (item.service_sheet_id, item.line)) in found
    }
    under_orders = select(Delivery).where(
        col(Delivery.work_item_id).in_([each.id for each in work])
    )
    rows = books.session.exec(under_orders)
    return tasks | {
        row.work_item_id: order_delivery_node(books, row) for row in rows if row.work_item_id
    }


def order_delivery_node(books: Books, row: Delivery) -> Node:
    """Return one delivery under an order's line, with the files that prove it."""
    query = select(DeliveryEvidence).where(col(DeliveryEvidence.delivery_id) == row.id)
    facts = {
        "what": row.description,
        "order": books.get(WorkOrder, row.work_order_id).reference,
        "delivered": quantity_text(row.quantity_e4),
        "on": row.delivered_on.isoformat(),
        "by": row.submitted_by,
        "grade": row.grade,
        "makes_good": books.get(Delivery, row.rework_of_id).reference if row.rework_of_id else "",
        "status": row.status,
    }
    proofs = tuple(
        Node("evidence", f"of {row.reference}", facts={"sha256": proof.sha256})
        for proof in books.session.exec(query.order_by(col(DeliveryEvidence.id)))
    )
    return Node("delivery", row.reference, facts=facts, parts=proofs)


def delivery_node(books: Books, row: TaskDelivery) -> Node:
    """Return one delivery with the files that prove it."""
    query = select(TaskEvidence).where(col(TaskEvidence.task_delivery_id) == row.id)
    facts = {
        "delivered": quantity_text(row.quantity_e4),
        "accepted": quantity_text(row.accepted_e4),
        "done_on": row.done_on.isoformat(),
        "on": row.delivered_on.isoformat(),
        "by": row.delivered_by,
        "days_late": str(row.late_days) if row.late_days else "",
        "status": row.status,
    }
    proofs = tuple(
        Node(
            "evidence",
            proof.name,
            facts={"sha256": proof.sha256, "kept_at": proof.kept_at.isoformat()},
        )
        for proof in books.session.exec(query.order_by(col(TaskEvidence.id)))
    )
    return Node("delivery", row.reference, facts=facts, parts=proofs)
