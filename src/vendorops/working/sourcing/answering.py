"""What suppliers say to a requisition that was sent to them, before they propose anybody."""

from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.books.moments import latest
from vendorops.domain.lifecycle import DistributionStatus
from vendorops.tables import Distribution, Requisition, Supplier
from vendorops.working.sourcing.rights import refuse_no_supplier
from vendorops.working.sourcing.states import TooLate, refuse_unless

ASKED = (DistributionStatus.RELEASED, DistributionStatus.VIEWED)


def view(books: Books, requisition: str, supplier: str) -> Distribution:
    """Note that a supplier has seen a requisition; seen once is seen."""
    row = _asked(books, requisition, supplier, "view it")
    if row.status == DistributionStatus.RELEASED:
        row.viewed_at = latest(books)
        books.move(row, DistributionStatus.VIEWED, because=f"seen by {books.actor}")
    return row


def decline_requisition(
    books: Books, requisition: str, supplier: str, reason: str
) -> Distribution:
    """Note that a supplier proposes nobody, and why."""
    row = _asked(books, requisition, supplier, "decline it")
    refuse_unless(row, ASKED, "declined")
    row.declined_at, row.answered_by, row.ended_because = latest(books), books.actor, reason
    books.move(row, DistributionStatus.DECLINED, because=reason)
    return row


def _asked(books: Books, requisition: str, supplier: str, what: str) -> Distribution:
    log.lock(books.session)
    asked = books.named(Requisition, requisition)
    whom = books.named(Supplier, supplier)
    refuse_no_supplier(books, whom, what)
    query = select(Distribution).where(
        col(Distribution.requisition_id) == asked.id,
        col(Distribution.supplier_id) == whom.id,
        col(Distribution.released_at).is_not(None),
    )
    found = books.session.exec(query.order_by(col(Distribution.id).desc())).first()
    if found is None:
        raise TooLate(f"{requisition} was not distributed to {supplier}, or not yet")
    return found
