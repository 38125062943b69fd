"""List statements of work, and show one: lines, deliveries, changes, levels, credits."""

from datetime import datetime

import click
from sqlmodel import col, select

from vendorops.cli.commands.sow.telling import (
    told_credit,
    told_delivery,
    told_line,
    told_measurement,
    told_order,
    told_revision,
)
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, day_option, json_option, one_of, opener
from vendorops.domain.lifecycle import WorkOrderStatus
from vendorops.tables import Contract, CreditMemo, Delivery, Measurement, OrderRevision, WorkOrder
from vendorops.working.ordering import lines_on

FORM = "statement_of_work"
STATUSES = one_of(WorkOrderStatus)


@click.command("list", help="List statements of work, all or those of a contract or status.")
@click.option("--contract", help="Reference of a contract.")
@click.option("--status", type=STATUSES, help="Such as active.")
@day_option
@json_option
def listed(
    contract: str | None, status: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """List them, oldest first."""
    query = select(WorkOrder.id).where(col(WorkOrder.form) == FORM)
    with opener(READER, as_of)() as books:
        if contract:
            of = books.named(Contract, contract)
            query = query.where(col(WorkOrder.contract_id) == of.id)
        if status:
            query = query.where(col(WorkOrder.status) == status)
        found = list(books.session.exec(query.order_by(col(WorkOrder.id))))
        rows = [told_order(books, ident) for ident in found]
    emit(rows, as_json=as_json, title="Statements of work")


@click.command(help="Show SOW: its lines on the day, deliveries, changes, levels, credits.")
@click.argument("sow")
@day_option
@json_option
def show(sow: str, as_of: datetime | None, *, as_json: bool) -> None:
    """Show one section a kind of row."""
    with opener(READER, as_of)() as books:
        order = books.named(WorkOrder, sow)
        held = lines_on(books, order, max(books.as_of, order.starts_on))
        own = (
            (OrderRevision, col(OrderRevision.work_order_id) == order.id, told_revision),
            (Delivery, col(Delivery.work_order_id) == order.id, told_delivery),
            (Measurement, col(Measurement.contract_id) == order.contract_id, told_measurement),
            (CreditMemo, col(CreditMemo.contract_id) == order.contract_id, told_credit),
        )
        sections = [
            ("sow", [told_order(books, order.id)]),
            ("line", [told_line(books, order, line) for line in held.values()]),
        ]
        for table, condition, tell in own:
            idents = books.session.exec(select(table.id).where(condition).order_by("id"))
            sections.append((table.__name__.lower(), [tell(books, each) for each in idents]))
    for kind, rows in sections:
        emit(rows, as_json=as_json, title=kind.capitalize(), kind=kind)
