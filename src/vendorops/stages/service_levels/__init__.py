"""Turns the measured service levels of a month that is over into what they credit."""

from sqlalchemy import Subquery
from sqlmodel import and_, col, func, or_, select

from vendorops.books import Books
from vendorops.domain.lifecycle import ServiceMonthStatus
from vendorops.stages import Step
from vendorops.stages.service_levels.closing import close, reopen
from vendorops.stages.service_levels.measuring import (
    AlreadyMeasured,
    NotMeasurable,
    Reading,
    TooLate,
    measure,
)
from vendorops.tables import ServiceMonth, ServiceSheet
from vendorops.working.service_fees import ACCEPTED

__all__ = [
    "SUBJECT",
    "AlreadyMeasured",
    "NotMeasurable",
    "Reading",
    "TooLate",
    "advance",
    "measure",
    "ready",
]

SUBJECT = ServiceMonth


def ready(books: Books) -> list[int]:
    """Return months that are over and not closed, and closed ones that were outgrown since.

    A month is outgrown when more of its work was accepted than its closings counted.
    """
    counted = _counted()
    sheets = (
        select(func.count())
        .where(
            col(ServiceSheet.contract_id) == counted.c.contract_id,
            col(ServiceSheet.month) == counted.c.month,
            col(ServiceSheet.status).in_(ACCEPTED),
        )
        .scalar_subquery()
    )
    outgrown = select(counted.c.newest).where(sheets > counted.c.sheets)
    query = select(ServiceMonth.id).where(
        or_(
            and_(
                col(ServiceMonth.status) == ServiceMonthStatus.OPEN,
                col(ServiceMonth.month) < f"{books.as_of:%Y-%m}",
            ),
            and_(
                col(ServiceMonth.status) == ServiceMonthStatus.CLOSED,
                col(ServiceMonth.id).in_(outgrown),
            ),
        )
    )
    return list(books.session.exec(query.order_by(col(ServiceMonth.id))))


def _counted() -> Subquery:
    """Return, by contract and month, the newest closing and how many sheets all have counted."""
    return (
        select(
            col(ServiceMonth.contract_id),
            col(ServiceMonth.month),
            func.max(col(ServiceMonth.id)).label("newest"),
            func.sum(col(ServiceMonth.sheets)).label("sheets"),
        )
        .where(col(ServiceMonth.status) != ServiceMonthStatus.REVERSED)
        .group_by(col(ServiceMonth.contract_id), col(ServiceMonth.month))
        .subquery()
    )


def advance(books: Books, ident: int) -> Step:
    """Close a month once all its levels are measured and all its work is decided.

    Raises Unmeasured while a level of the contract has no measurement.
    """
    row = books.get(ServiceMonth, ident)
    if row.status == ServiceMonthStatus.OPEN:
        return Step.DONE if close(books, row) else Step.WAITING
    if row.status == ServiceMonthStatus.CLOSED:
        reopen(books, row)
    return Step.DONE
