"""Draws from a decided sheet what of a delivery was accepted, its grade, and what late costs."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import DecisionStatus, DeliveryStatus, ServiceSheetStatus
from vendorops.domain.measure import quantity_text
from vendorops.stages import Step
from vendorops.tables import (
    Contract,
    Decision,
    Delivery,
    ServiceSheet,
    WorkItem,
    WorkOrder,
)
from vendorops.working.crediting import Credit, raise_credit
from vendorops.working.delivery_terms import lateness
from vendorops.working.grading import grades_given
from vendorops.working.service_months import levels_of, open_month, standing_months

LATE = "late_delivery"


def conclude(books: Books, delivery: Delivery) -> Step:
    """Move a delivery to what its sheet came to; a late one raises a credit memo."""
    item = books.get(WorkItem, delivery.work_item_id or 0)
    sheet = books.get(ServiceSheet, item.service_sheet_id)
    if sheet.status == ServiceSheetStatus.SUBMITTED:
        return Step.WAITING
    after = _after(item)
    delivery.grade = _grade(books, sheet, item) if item.accepted_e4 else ""
    accepted, whole = (quantity_text(each) for each in (item.accepted_e4, item.quantity_e4))
    because = f"{accepted} of {whole} accepted on {sheet.reference}"
    books.move(delivery, after, because=because)
    _fine(books, delivery, item)
    _have_measured(books, delivery)
    return Step.DONE


def _have_measured(books: Books, delivery: Delivery) -> None:
    """Open the closing of the month's service levels, which then asks for their measurements."""
    contract = books.get(Contract, delivery.contract_id)
    closings = standing_months(books, contract, delivery.month)
    if not closings and levels_of(books, contract, delivery.month):
        open_month(books, contract, delivery.month)


def _after(item: WorkItem) -> DeliveryStatus:
    if item.accepted_e4 == 0:
        return DeliveryStatus.REJECTED
    whole = item.accepted_e4 == item.quantity_e4
    return DeliveryStatus.ACCEPTED if whole else DeliveryStatus.PARTLY_ACCEPTED


def _grade(books: Books, sheet: ServiceSheet, item: WorkItem) -> str:
    """Return the grade that a buyer gave; none where silence accepted."""
    query = select(Decision.detail).where(
        col(Decision.subject_table) == ServiceSheet.__name__.lower(),
        col(Decision.subject_id) == sheet.id,
        col(Decision.kind) == "acceptance",
        col(Decision.status) == DecisionStatus.ANSWERED,
        col(Decision.answer) == "approve",
    )
    given = books.session.exec(query.order_by(col(Decision.id).desc())).first()
    return grades_given(given or "").get(item.reference, "")


def _fine(books: Books, delivery: Delivery, item: WorkItem) -> None:
    """Raise what the accepted part of a late delivery costs."""
    late = lateness(books, delivery, item)
    terms, fine = late.terms, late.fine
    if not fine:
        return
    contract = books.get(Contract, delivery.contract_id)
    credit = Credit(
        kind=LATE,
        month=delivery.month,
        source=delivery,
        net=fine,
        sentence=(
            f"{delivery.description} was due on {late.line.due_on} and delivered on"
            f" {delivery.delivered_on}, {late.days} days late: {fine} of {late.accepted}"
        ),
        basis={
            "order": books.get(WorkOrder, delivery.work_order_id).reference,
            "line": late.line.number,
            "work": item.reference,
            "due_on": str(late.line.due_on),
            "delivered_on": delivery.delivered_on.isoformat(),
            "days_late": late.days,
            "share_a_day_e6": terms.share_e6,
            "cap_e6": terms.cap_e6,
            "share_e6": terms.share(late.days),
            "accepted": repr(late.accepted),
            "rounding": "half up, once",
        },
        raised_by=delivery.submitted_by,
    )
    raise_credit(books, contract, credit)
