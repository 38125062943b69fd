"""Tells whether a supplier may take on anything new, and on which days it may work.

Suspension, disqualification and off-boarding stop what is new from that day on; they never stop
the acceptance, settlement or payment of work done until then.
"""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import bindparam
from sqlalchemy import select as sql
from sqlmodel import col, select

from vendorops.books.unit import Books
from vendorops.domain.lifecycle import IllegalMove, SupplierChangeStatus, SupplierStatus
from vendorops.domain.periods import DAY, Period
from vendorops.domain.refusal import Refused
from vendorops.tables import Event, Person, RoleGrant, Supplier, SupplierChange

WORKING = (SupplierStatus.QUALIFIED, SupplierStatus.PREFERRED)
STOPPED = (SupplierStatus.SUSPENDED, SupplierStatus.DISQUALIFIED, SupplierStatus.OFF_BOARDED)

_MOVES = (  # Written once: every report of work asks it, and needs two columns only.
    sql(col(Event.after), col(Event.business_day))
    .where(
        col(Event.subject_table) == Supplier.__name__.lower(),
        col(Event.subject_id) == bindparam("supplier"),
        col(Event.action) == "moved",
    )
    .order_by(col(Event.seq))
)


class SupplierStopped(Refused):
    """The supplier takes on nothing new."""


class NotProposable(Refused):
    """The change of a supplier's standing cannot be proposed, or not by this person."""


def propose_change(
    books: Books,
    supplier: Supplier,
    after: SupplierStatus,
    reason: str,
    expires_on: date | None = None,
) -> SupplierChange:
    """Propose another standing of a supplier; somebody else decides. Twice is once."""
    refuse_outsider(books)
    waits = select(SupplierChange).where(
        col(SupplierChange.supplier_id) == supplier.id,
        col(SupplierChange.status) == SupplierChangeStatus.PROPOSED,
    )
    known = books.session.exec(waits).one_or_none()
    if known and (known.after, known.proposed_by) == (after, books.actor):
        return known
    if known:
        raise NotProposable(
            f"{known.reference} already proposes that {supplier.reference} be {known.after}; "
            "have it decided first"
        )
    _refuse_arrow(supplier, after)
    if (after == SupplierStatus.INVITED) != (expires_on is not None):
        raise NotProposable("an invitation, and nothing else, ends: use vendorops supplier invite")
    return books.enter(
        SupplierChange(
            id=books.key(),
            reference=books.reference("CHG"),
            supplier_id=supplier.id,
            after=after.value,
            reason=reason,
            proposed_by=books.actor,
            proposed_on=books.as_of,
            expires_on=expires_on,
        ),
        because=f"{books.actor} proposes that {supplier.reference} be {after}",
    )


def _refuse_arrow(supplier: Supplier, after: SupplierStatus) -> None:
    try:
        SupplierStatus(supplier.status).check(after)
    except IllegalMove:
        possible = ", ".join(sorted(SupplierStatus(supplier.status).follows)) or "nothing else"
        raise NotProposable(
            f"{supplier.reference} is {supplier.status} and cannot become {after}; it can become "
            f"{possible}"
        ) from None


def refuse_outsider(books: Books) -> None:
    """Refuse whoever is not one of our own people with a role today."""
    held = select(RoleGrant).join(Person, col(Person.handle) == col(RoleGrant.handle))
    query = held.where(
        col(Person.handle) == books.actor,
        col(Person.party_id).is_(None),
        col(RoleGrant.valid_from) <= books.as_of,
    )
    grants = books.session.exec(query).all()
    if not any(not grant.valid_to or books.as_of < grant.valid_to for grant in grants):
        raise NotProposable(
            f"{books.actor} holds no role with us on {books.as_of} and cannot propose this"
        )


def refuse_stopped(supplier: Supplier) -> None:
    """Refuse what is new for a supplier that is suspended, disqualified or off-boarded."""
    if supplier.status in STOPPED:
        raise SupplierStopped(
            f"{supplier.reference} is {supplier.status} and takes on nothing new; what it is owed "
            "is paid all the same. Have it reinstated first: vendorops supplier reinstate"
        )


def stopped_since(books: Books, supplier: Supplier, day: date) -> date | None:
    """Return since when a supplier was stopped on a day after it; None where it might work."""
    return next((stop.start - DAY for stop in stops(books, supplier) if day in stop), None)


def stops(books: Books, supplier: Supplier) -> Iterator[Period]:
    """Yield the days on which a supplier might not work, as far as is known today.

    Neither the day it was stopped nor the day it was reinstated is among them: part of them was
    open to it. What is past stays as it is: a later move changes no day before it.
    """
    since: date | None = None
    for after, moved_on in _moves(books, supplier):
        if after in STOPPED:
            since = since or moved_on
        elif after in WORKING:
            if since and since + DAY < moved_on:
                yield Period(since + DAY, moved_on)
            since = None
    if since:
        yield Period(since + DAY, date.max)


def _moves(books: Books, supplier: Supplier) -> list[tuple[str, date]]:
    happened = books.session.execute(_MOVES, {"supplier": supplier.id})
    return [(after, day) for after, day in happened]
