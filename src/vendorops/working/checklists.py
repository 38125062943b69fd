"""Sees to what must be done before an order begins, and once it is over."""

from datetime import date

from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.documents import keep
from vendorops.domain.lifecycle import ChecklistItemStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import ChecklistItem, WorkOrder


class NotOnTheList(Refused):
    """The order has no such item, or it cannot be dealt with so."""


def item_of(books: Books, order: WorkOrder, code: str) -> ChecklistItem:
    """Return an item of an order, or refuse and name those there are."""
    query = select(ChecklistItem).where(col(ChecklistItem.work_order_id) == order.id)
    items = list(books.session.exec(query.order_by(col(ChecklistItem.code))))
    for item in items:
        if item.code == code:
            return item
    known = ", ".join(item.code for item in items) or "none"
    raise NotOnTheList(f"{order.reference} has no item {code[:40]!r}; it has {known}")


def do_item(
    books: Books, item: ChecklistItem, evidence: bytes, suffix: str, holds_to: date | None = None
) -> None:
    """Note that an item is done, with what proves it; `holds_to` is the first day it is not."""
    log.lock(books.session)
    if not evidence:
        raise NotOnTheList(f"{item.code}: the evidence is empty; hand in what proves it")
    item.evidence_sha256 = keep(books, evidence, f"checklist item {item.code}", suffix)
    item.done_by, item.holds_to = books.actor, holds_to
    books.move(item, ChecklistItemStatus.DONE, because=f"shown by {books.actor}")


def waive_item(books: Books, item: ChecklistItem, order: WorkOrder, reason: str) -> None:
    """Let an order begin without an item; not by whoever asked for the order."""
    log.lock(books.session)
    if books.actor == order.requested_by:
        raise NotOnTheList(
            f"{books.actor} asked for {order.reference} and may not waive what it must show; "
            "let somebody else"
        )
    item.done_by = books.actor
    books.move(item, ChecklistItemStatus.WAIVED, because=reason)
