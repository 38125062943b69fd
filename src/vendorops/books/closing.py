"""Closes a month, after which the books take no transfer that belongs to it."""

from sqlmodel import col, select

from vendorops.books.unit import Books
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.tables import ClosedMonth, RoleGrant

ROLE = "finance"


class NotToBeClosed(Refused):
    """The month is not over, or the person may not close it."""


def close(books: Books, month: Period) -> ClosedMonth:
    """Close a month that is over; closing it again changes nothing."""
    if books.as_of < month.end:
        raise NotToBeClosed(
            f"{month.label} is not over on {books.as_of}; close it from {month.end}"
        )
    holds = select(RoleGrant).where(
        col(RoleGrant.handle) == books.actor,
        col(RoleGrant.role) == ROLE,
        col(RoleGrant.valid_from) <= books.as_of,
    )
    if not any(
        not grant.valid_to or books.as_of < grant.valid_to for grant in books.session.exec(holds)
    ):
        raise NotToBeClosed(f"{books.actor} does not hold the role {ROLE!r} on {books.as_of}")
    known = select(ClosedMonth).where(col(ClosedMonth.month) == month.label)
    closed = books.session.exec(known).one_or_none()
    if closed is None:
        closed = books.enter(
            ClosedMonth(
                id=books.key(), month=month.label, closed_on=books.as_of, closed_by=books.actor
            )
        )
        books.record("closed", closed, f"{month.label} closed by {books.actor}")
    return closed
