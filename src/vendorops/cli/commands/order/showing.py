"""List orders, and show one with its lines, changes and checklist."""

from datetime import datetime

import click
from sqlmodel import col, select

from vendorops.cli.commands.order.placing import told
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, day_option, json_option, one_of, opener
from vendorops.domain.lifecycle import WorkOrderStatus
from vendorops.domain.measure import price_text, quantity_text
from vendorops.tables import ChecklistItem, OrderRevision, WorkOrder
from vendorops.working.ordering import lines_of

STATUSES = one_of(WorkOrderStatus)


@click.command("list", help="List orders, the newest first.")
@click.option("--status", type=STATUSES, help="Only those of one status, such as active.")
@day_option
@json_option
def listed(status: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """List orders."""
    with opener(READER, as_of)() as books:
        query = select(WorkOrder).order_by(col(WorkOrder.id).desc())
        if status:
            query = query.where(col(WorkOrder.status) == status)
        rows = [told(books, order) for order in books.session.exec(query).all()]
    emit(rows, as_json=as_json, title="Orders")


@click.command(help="Show ORDER: its lines, changes and checklist.")
@click.argument("order")
@day_option
@json_option
def show(order: str, as_of: datetime | None, *, as_json: bool) -> None:
    """Show an order."""
    with opener(READER, as_of)() as books:
        row = books.named(WorkOrder, order)
        lines = [
            {
                "line": line.number,
                "code": line.code,
                "type": line.kind,
                "description": line.description,
                "price": price_text(line.price_e6),
                "pay": price_text(line.pay_e6),
                "most": quantity_text(line.most_e4) if line.most_e4 else None,
                "due": line.due_on,
                "since": line.valid_from,
                "revision": line.revision,
            }
            for line in lines_of(books, row)
        ]
        changes = select(OrderRevision).where(col(OrderRevision.work_order_id) == row.id)
        items = select(ChecklistItem).where(col(ChecklistItem.work_order_id) == row.id)
        told_changes = [
            {
                "change": each.reference,
                "type": each.kind,
                "status": each.status,
                "why": each.reason,
            }
            for each in books.session.exec(changes.order_by(col(OrderRevision.number)))
        ]
        told_items = [
            {"item": each.code, "before": each.required_before, "due": each.due_on}
            | {"status": each.status, "what": each.sentence}
            for each in books.session.exec(items.order_by(col(ChecklistItem.code)))
        ]
        emit([told(books, row)], as_json=as_json, title="Order", kind="order")
    emit(lines, as_json=as_json, title="Lines", kind="line")
    emit(told_changes, as_json=as_json, title="Changes", kind="change")
    emit(told_items, as_json=as_json, title="Checklist", kind="item")
