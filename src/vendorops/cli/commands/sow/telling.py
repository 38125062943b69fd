"""Tells of statements of work as people and scripts read them."""

from typing import Any

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.waiting import waits_for
from vendorops.domain.measure import price_text, quantity_text
from vendorops.domain.money import Money
from vendorops.tables import (
    Contract,
    CreditMemo,
    Delivery,
    DeliveryEvidence,
    Measurement,
    OrderLine,
    OrderRevision,
    ServiceMonth,
    WorkItem,
    WorkOrder,
)
from vendorops.working.delivery_terms import delivery_term
from vendorops.working.order_room import most_of, used_of_line, used_of_order


def told_order(books: Books, ident: int) -> dict[str, Any]:
    """Return a statement of work with what of its budget is accepted and what waits."""
    order = books.get(WorkOrder, ident)
    used = used_of_order(books, order)
    return {
        "sow": order.reference,
        "contract": books.get(Contract, order.contract_id).reference,
        "title": order.title,
        "from": order.starts_on,
        "until_before": order.ends_on,
        "budget": Money(order.budget_minor, order.currency),
        "accepted": Money(used.accepted, order.currency),
        "waiting": Money(used.waiting, order.currency),
        "status": order.status,
        **waits_for(books, order),
    }


def told_revision(books: Books, ident: int) -> dict[str, Any]:
    """Return a change order."""
    revision = books.get(OrderRevision, ident)
    order = books.get(WorkOrder, revision.work_order_id)
    return {
        "change": revision.reference,
        "sow": order.reference,
        "from": revision.valid_from,
        "delta": Money(revision.delta_minor, order.currency),
        "reason": revision.reason,
        "status": revision.status,
        **waits_for(books, revision),
    }


def told_line(books: Books, order: WorkOrder, line: OrderLine) -> dict[str, Any]:
    """Return a line of an order with what of it is accepted and what waits."""
    used, most = used_of_line(books, order, line.number), most_of(line)
    term = delivery_term(books, order, line.number)
    return {
        "line": line.number,
        "type": line.kind,
        "code": line.code,
        "description": line.description,
        "price": price_text(line.price_e6),
        "most": quantity_text(most) if most else None,
        "due": line.due_on,
        "accepted": quantity_text(used.accepted),
        "waiting": quantity_text(used.waiting),
        "least_grade": term.least_grade or None if term else None,
    }


def told_delivery(books: Books, ident: int) -> dict[str, Any]:
    """Return a delivery with the work that a buyer accepts it by."""
    row = books.get(Delivery, ident)
    item = books.get(WorkItem, row.work_item_id) if row.work_item_id else None
    files = select(DeliveryEvidence.sha256).where(col(DeliveryEvidence.delivery_id) == row.id)
    return {
        "delivery": row.reference,
        "sow": books.get(WorkOrder, row.work_order_id).reference,
        "line": books.get(OrderLine, row.order_line_id).number,
        "delivered": row.delivered_on,
        "quantity": quantity_text(row.quantity_e4),
        "accepted": quantity_text(item.accepted_e4) if item else None,
        "grade": row.grade or None,
        "status": row.status,
        "work": item.reference if item else None,
        "evidence": [sha256[:12] for sha256 in books.session.exec(files)],
    }


def told_measurement(books: Books, ident: int) -> dict[str, Any]:
    """Return a measurement and how far its month is."""
    row = books.get(Measurement, ident)
    months = select(ServiceMonth).where(
        col(ServiceMonth.contract_id) == row.contract_id,
        col(ServiceMonth.month) == row.month,
    )
    newest = books.session.exec(months.order_by(col(ServiceMonth.number).desc())).first()
    return {
        "measurement": row.reference,
        "contract": books.get(Contract, row.contract_id).reference,
        "level": row.level,
        "month": row.month,
        "good": row.good,
        "total": row.total,
        "status": row.status,
        "closing": newest.reference if newest else None,
        "closing_status": newest.status if newest else None,
    }


def told_credit(books: Books, ident: int) -> dict[str, Any]:
    """Return what the supplier owes back, and how far it was taken off."""
    memo = books.get(CreditMemo, ident)
    return {
        "credit": memo.reference,
        "why": memo.kind,
        "of": memo.source_reference,
        "month": memo.month,
        "net": Money(memo.net_minor, memo.currency),
        "taken_off": Money(memo.applied_minor, memo.currency),
        "sentence": memo.sentence,
        "status": memo.status,
        **waits_for(books, memo),
    }
