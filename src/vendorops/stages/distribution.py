"""Sends approved requisitions to suppliers, tier by tier, each when its hours have passed."""

from datetime import timedelta

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.moments import latest
from vendorops.domain.lifecycle import DistributionStatus, RequisitionStatus
from vendorops.domain.refusal import Refused
from vendorops.stages import Step
from vendorops.tables import Contract, Distribution, Requisition
from vendorops.working.sourcing.fitness import refuse_unfit
from vendorops.working.sourcing.gates import shut

SUBJECT = Distribution
RUNNING = (
    RequisitionStatus.APPROVED,
    RequisitionStatus.DISTRIBUTED,
    RequisitionStatus.IN_PROGRESS,
)


def ready(books: Books) -> list[int]:
    """Return what is to be released by now, the earliest tiers first."""
    query = (
        select(Distribution, Requisition)
        .join(Requisition, col(Requisition.id) == col(Distribution.requisition_id))
        .where(
            col(Distribution.status) == DistributionStatus.SCHEDULED.value,
            col(Requisition.status).in_(RUNNING),
            col(Requisition.deadline) >= books.as_of,
        )
        .order_by(col(Distribution.tier), col(Distribution.offset_hours), col(Distribution.id))
    )
    return [row.id for row, of in books.session.exec(query) if _is_due(books, row, of)]


def advance(books: Books, ident: int) -> Step:
    """Release a requisition to one supplier, or strike the supplier off with the reason."""
    row = books.get(Distribution, ident)
    requisition = books.get(Requisition, row.requisition_id)
    open_ = requisition.status in RUNNING and requisition.deadline >= books.as_of
    if row.status != DistributionStatus.SCHEDULED or not open_:
        return Step.DONE
    if not _is_due(books, row, requisition):
        return Step.DONE
    flaw = _unfit(books, row, requisition) or shut(books, row)
    if flaw:
        row.ended_at, row.ended_because = latest(books), flaw
        books.move(row, DistributionStatus.CANCELLED, because=flaw)
        return Step.DONE
    _release(books, row, requisition)
    return Step.DONE


def _is_due(books: Books, row: Distribution, requisition: Requisition) -> bool:
    approved = requisition.approved_at
    return approved is not None and (approved + timedelta(hours=row.offset_hours) <= books.moment)


def _unfit(books: Books, row: Distribution, requisition: Requisition) -> str:
    """Return why the supplier takes on nothing new by now; nothing where it may."""
    try:
        refuse_unfit(books, requisition, books.get(Contract, row.contract_id))
    except Refused as refusal:
        return str(refusal)
    return ""


def _release(books: Books, row: Distribution, requisition: Requisition) -> None:
    row.released_at = latest(books)
    because = f"tier {row.tier}, {row.offset_hours} hours after approval"
    books.move(row, DistributionStatus.RELEASED, because=because)
    if requisition.status == RequisitionStatus.APPROVED:
        requisition.distributed_at = row.released_at
        because = f"released to the first supplier, {row.reference}"
        books.move(requisition, RequisitionStatus.DISTRIBUTED, because=because)
