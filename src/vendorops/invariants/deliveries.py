"""Deliveries and service levels: what must be true of what was accepted, and of its credits."""

from collections.abc import Iterator

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import DeliveryStatus, ServiceMonthStatus
from vendorops.domain.money import Money
from vendorops.domain.service_levels import Measured, Unmeasured, missed, service_credit
from vendorops.invariants._rule import Invariant
from vendorops.stages.service_levels.measuring import standing
from vendorops.tables import (
    Contract,
    CreditMemo,
    Delivery,
    OrderLine,
    ServiceMonth,
    WorkItem,
    WorkOrder,
)
from vendorops.working.delivery_terms import lateness
from vendorops.working.order_room import used_of_order
from vendorops.working.service_fees import accepted_fees, accepted_sheets
from vendorops.working.service_months import levels_of

CONCLUDED = (DeliveryStatus.ACCEPTED, DeliveryStatus.PARTLY_ACCEPTED)


def over_budget(books: Books) -> Iterator[str]:
    """Name the statements of work under which more was accepted than they may come to."""
    query = select(WorkOrder).where(col(WorkOrder.form) == "statement_of_work")
    for order in books.session.exec(query):
        if used_of_order(books, order).accepted > order.budget_minor:
            yield order.reference


def wrong_fines(books: Books) -> Iterator[str]:
    """Name the deliveries whose credit memo is not what their days and terms come to."""
    query = (
        select(Delivery, WorkItem)
        .join(WorkItem, col(WorkItem.id) == col(Delivery.work_item_id))
        .join(OrderLine, col(OrderLine.id) == col(Delivery.order_line_id))
        .where(col(Delivery.status).in_(CONCLUDED), col(OrderLine.due_on).is_not(None))
    )
    credited = _credited(books, "late_delivery")
    for delivery, item in books.session.exec(query):
        fine = lateness(books, delivery, item).fine
        if credited.pop(delivery.id, 0) != fine.minor:
            yield delivery.reference
    yield from (f"memo of delivery {ident}" for ident in credited)


def wrong_service_credits(books: Books) -> Iterator[str]:
    """Name the closings whose credit is not what their measurements and fees come to."""
    credited = _credited(books, "service_level")
    for row in _closed(books):
        if credited.pop(row.id, 0) != _service_credit(books, row):
            yield row.reference
    yield from (f"memo of closing {ident}" for ident in credited)


def miscounted_fees(books: Books) -> Iterator[str]:
    """Name the months whose closings counted other fees than were accepted."""
    months: dict[tuple[int, str], list[ServiceMonth]] = {}
    for row in _closed(books):
        months.setdefault((row.contract_id, row.month), []).append(row)
    for (ident, month), rows in months.items():
        contract = books.get(Contract, ident)
        seen = sum(row.sheets for row in rows)
        fees = accepted_fees(books, contract, month).minor
        counted = sum(row.fees_minor for row in rows)
        sheets = accepted_sheets(books, contract, month)
        if seen > sheets or counted > fees or (seen == sheets and counted != fees):
            yield rows[-1].reference


def _closed(books: Books) -> list[ServiceMonth]:
    query = select(ServiceMonth).where(col(ServiceMonth.status) == ServiceMonthStatus.CLOSED)
    return list(books.session.exec(query.order_by(col(ServiceMonth.id))))


def _credited(books: Books, kind: str) -> dict[int, int]:
    """Return the net of each memo of a kind by what it follows from.

    Left out is what a reversed closing had raised: it was cancelled with it.
    """
    reversed_ = select(ServiceMonth.id).where(
        col(ServiceMonth.status) == ServiceMonthStatus.REVERSED
    )
    query = select(CreditMemo.source_id, CreditMemo.net_minor).where(
        col(CreditMemo.kind) == kind,
        (col(CreditMemo.status) != "cancelled") | col(CreditMemo.source_id).not_in(reversed_),
    )
    return dict(books.session.exec(query).all())


def _service_credit(books: Books, row: ServiceMonth) -> int:
    contract = books.get(Contract, row.contract_id)
    levels = levels_of(books, contract, row.month, row.closed_on)
    counted = {
        code: Measured(each.good, each.total)
        for code, each in standing(books, contract, row.month).items()
    }
    try:
        below = missed(levels, counted)
    except Unmeasured:
        return -1
    return service_credit(levels, below, Money(row.fees_minor, contract.currency)).minor


INVARIANTS = (
    Invariant(
        "M50",
        "of a line no more is accepted than was ever agreed, and of an event no more than once",
        """
        SELECT o.reference FROM workorder o JOIN (
            SELECT work_order_id, number,
                min(CASE WHEN kind IN ('event', 'schedule', 'no_cost') THEN 10000
                    ELSE most_e4 END) AS least,
                max(CASE WHEN kind IN ('event', 'schedule', 'no_cost') THEN 10000
                    ELSE most_e4 END) AS most
            FROM orderline GROUP BY work_order_id, number) l ON l.work_order_id = o.id
        JOIN (
            SELECT n.work_order_id, n.number, sum(w.accepted_e4) AS accepted FROM workitem w
            JOIN orderline n ON n.id = w.order_line_id GROUP BY n.work_order_id, n.number) a
        ON a.work_order_id = l.work_order_id AND a.number = l.number
        WHERE o.form = 'statement_of_work' AND l.least > 0 AND a.accepted > l.most
        """,
    ),
    Invariant("M51", "under a statement of work no more is accepted than its budget", over_budget),
    Invariant(
        "M52",
        "a delivery is proved, and its work on a sheet is its own and says what became of it",
        """
        SELECT d.reference FROM delivery d JOIN workitem w ON w.id = d.work_item_id
        JOIN servicesheet s ON s.id = w.service_sheet_id
        WHERE coalesce(w.order_line_id, 0) <> d.order_line_id OR w.contract_id <> d.contract_id
        OR w.quantity_e4 <> d.quantity_e4 OR w.performed_on <> d.delivered_on
        OR s.submitted_by <> d.submitted_by OR s.month <> d.month
        OR (d.status IN ('accepted', 'partly_accepted', 'rejected') AND d.status <> CASE
            WHEN w.accepted_e4 = 0 THEN 'rejected'
            WHEN w.accepted_e4 = w.quantity_e4 THEN 'accepted' ELSE 'partly_accepted' END)
        UNION SELECT reference FROM delivery
        WHERE (work_item_id IS NULL) <> (status IN ('submitted', 'withdrawn'))
        UNION SELECT d.reference FROM delivery d WHERE NOT EXISTS (
            SELECT 1 FROM deliveryevidence e JOIN storeddocument f ON f.sha256 = e.sha256
            WHERE e.delivery_id = d.id)
        """,
    ),
    Invariant(
        "M53",
        "no more is delivered again than was rejected, and of the same line",
        """
        SELECT b.reference FROM delivery b JOIN workitem w ON w.id = b.work_item_id
        JOIN delivery r ON r.rework_of_id = b.id WHERE r.status <> 'withdrawn'
        GROUP BY b.id, b.reference, w.quantity_e4, w.accepted_e4
        HAVING sum(r.quantity_e4) > w.quantity_e4 - w.accepted_e4
        UNION SELECT r.reference FROM delivery r JOIN delivery b ON b.id = r.rework_of_id
        JOIN orderline n ON n.id = r.order_line_id JOIN orderline m ON m.id = b.order_line_id
        WHERE n.work_order_id <> m.work_order_id OR n.number <> m.number
        OR b.work_item_id IS NULL
        """,
    ),
    Invariant("M54", "what a late delivery is credited follows from its days", wrong_fines),
    Invariant("M55", "what a month is credited follows from its levels", wrong_service_credits),
    Invariant("M56", "a month's closings counted the fees that were accepted", miscounted_fees),
)
