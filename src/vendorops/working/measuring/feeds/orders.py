"""Whether those started who were ordered by name, and how long they stayed."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.kpi import Facts, Placed
from vendorops.domain.lifecycle import WorkOrderStatus
from vendorops.tables import Contract, Supplier, WorkOrder

STARTED = (WorkOrderStatus.ACTIVE, WorkOrderStatus.CLOSED, WorkOrderStatus.TERMINATED)


def found(books: Books, supplier: Supplier) -> Facts:
    """Return each person's first day and, where an order was ended before its time, the last.

    An order that ran out on its day was kept to the end: its person did not leave early.
    """
    query = (
        select(WorkOrder)
        .join(Contract, col(Contract.id) == col(WorkOrder.contract_id))
        .where(
            col(Contract.supplier_id) == supplier.id,
            col(WorkOrder.form) == "work_order",
            col(WorkOrder.worker_id).is_not(None),
            col(WorkOrder.status).in_(STARTED),
        )
    )
    rows = books.session.exec(query.order_by(col(WorkOrder.id))).all()
    return Facts(placed=[_placed(books, order) for order in rows])


def _placed(books: Books, order: WorkOrder) -> Placed:
    left = order.ends_on if order.ends_on <= books.as_of else None
    return Placed(order.starts_on, left, excused=order.status == WorkOrderStatus.CLOSED)
