"""Whether those whom a recruiter placed started, and how long they stayed."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.guarantee import COVERED
from vendorops.domain.kpi import Facts, Judged, Placed
from vendorops.domain.lifecycle import PlacementStatus
from vendorops.tables import Contract, Placement, Supplier


def found(books: Books, supplier: Supplier) -> Facts:
    """Return every start with its end, and of every offer whose first day came if it was met.

    Who was laid off, or left for what is nobody's fault, is not counted against the recruiter.
    """
    query = (
        select(Placement)
        .join(Contract, col(Contract.id) == col(Placement.contract_id))
        .where(col(Contract.supplier_id) == supplier.id)
    )
    rows = books.session.exec(query.order_by(col(Placement.id))).all()
    covered = [reason.value for reason in COVERED]
    placed = [
        Placed(row.started_on, row.left_on, excused=row.left_because not in covered)
        for row in rows
        if row.started_on
    ]
    due = [
        row
        for row in rows
        if row.started_on
        or row.status == PlacementStatus.CANCELLED
        or row.starts_on <= books.as_of
    ]
    starts = [Judged(row.started_on or row.starts_on, bool(row.started_on)) for row in due]
    return Facts(placed=placed, shares={"offer_to_start": starts})
