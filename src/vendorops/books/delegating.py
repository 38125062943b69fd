"""Lets somebody answer in another's place for a time: entered by him, or by two admins."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, or_, select

from vendorops.books import log
from vendorops.books.questions import SUPPLIER_ROLE
from vendorops.books.unit import Books
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.tables import Delegation, Person, RoleGrant

ADMIN = "admin"


class NotToBeDelegated(Refused):
    """The right is not there to be handed on, or not by or to this person."""


@dataclass(frozen=True)
class Handover:
    """What is handed on: whose right to answer for a role, to whom, for how long, up to what."""

    delegator: str
    delegate: str
    role: str
    valid_from: date
    valid_to: date
    """First day on which it no longer holds."""
    reason: str
    limit: Money | None = None


def delegate(books: Books, given: Handover) -> Delegation:
    """Enter a delegation; entered by an admin, it holds once another admin has confirmed it.

    Given again it is the one that is there. Raises NotToBeDelegated for a right that the
    delegator does not hold himself, beyond his limit, to an outsider or to himself, or for a
    time that is over.
    """
    log.lock(books.session)
    _check(books, given)
    known = _known(books, given)
    if known:
        return known
    row = Delegation(
        id=books.key(),
        reference=books.reference("DLG"),
        delegator=given.delegator,
        delegate=given.delegate,
        role=given.role,
        limit_minor=given.limit.minor if given.limit else None,
        currency=given.limit.currency if given.limit else "",
        valid_from=given.valid_from,
        valid_to=given.valid_to,
        reason=given.reason,
        entered_by=books.actor,
    )
    books.enter(row, because=f"{given.role} of {given.delegator} to {given.delegate}")
    return row


def confirm(books: Books, reference: str) -> Delegation:
    """Let a delegation that an admin entered hold, in the name of another admin."""
    log.lock(books.session)
    row = books.named(Delegation, reference)
    if row.entered_by == row.delegator or row.confirmed_by == books.actor:
        return row
    _must_be_admin(books)
    if books.actor in (row.entered_by, row.delegate) or row.confirmed_by:
        by = f" and confirmed by {row.confirmed_by}" if row.confirmed_by else ""
        raise NotToBeDelegated(
            f"{reference} was entered by {row.entered_by} for {row.delegate}{by}; another admin "
            "confirms it, once"
        )
    row.confirmed_by = books.actor
    books.record("confirmed", row, f"{reference} confirmed by {books.actor}")
    return row


def end(books: Books, reference: str, reason: str) -> Delegation:
    """Take a delegation back from today on: its delegator, its delegate or an admin may."""
    log.lock(books.session)
    row = books.named(Delegation, reference)
    if row.ended_on is None:
        if books.actor not in (row.delegator, row.delegate):
            _must_be_admin(books)
        row.ended_on = books.as_of
        books.record("ended", row, f"{reference} ended by {books.actor}: {reason}")
    return row


def known_delegations(books: Books, handle: str = "") -> list[Delegation]:
    """Return the delegations by or to somebody, or all, the newest first."""
    query = select(Delegation)
    if handle:
        query = query.where(
            or_(col(Delegation.delegator) == handle, col(Delegation.delegate) == handle)
        )
    return list(books.session.exec(query.order_by(col(Delegation.id).desc())))


def state_of(row: Delegation, day: date) -> str:
    """Return in a word whether a delegation holds on a day."""
    if row.ended_on is not None and row.ended_on <= day:
        return "ended"
    if day >= row.valid_to:
        return "over"
    if row.entered_by != row.delegator and row.confirmed_by is None:
        return "to be confirmed"
    return "in force" if row.valid_from <= day else "to come"


def _check(books: Books, given: Handover) -> None:
    for handle in (given.delegator, given.delegate):
        person = books.session.exec(select(Person).where(col(Person.handle) == handle)).first()
        if person is None or person.party_id is not None:
            raise NotToBeDelegated(f"{handle} is nobody of ours; only our people stand in")
    if given.delegate in (given.delegator, books.actor):
        raise NotToBeDelegated(f"{given.delegate} does not hand a right to himself")
    if given.role in (SUPPLIER_ROLE, ADMIN):
        raise NotToBeDelegated(f"the role {given.role!r} is never handed on; grant it instead")
    if given.valid_to <= max(given.valid_from, books.as_of):
        raise NotToBeDelegated(
            f"a delegation from {given.valid_from} until before {given.valid_to} is over or empty"
        )
    if given.valid_from < books.as_of:
        raise NotToBeDelegated(f"a delegation begins today, {books.as_of}, or later")
    if books.actor != given.delegator:
        _must_be_admin(books)
    _check_own(books, given)


def _check_own(books: Books, given: Handover) -> None:
    """Refuse what the delegator has no grant for; what he was handed himself is not his."""
    grants = _grants(books, given.delegator, given.role, given.valid_from)
    if not grants:
        raise NotToBeDelegated(
            f"{given.delegator} holds no grant of the role {given.role!r} on {given.valid_from}; "
            "what was delegated to somebody is not handed on"
        )
    limit = given.limit
    if limit is None or any(grant.limit_minor is None for grant in grants):
        return
    if not any(
        grant.currency == limit.currency and limit.minor <= (grant.limit_minor or 0)
        for grant in grants
    ):
        raise NotToBeDelegated(f"{limit} is above the limit of {given.delegator} himself")


def _must_be_admin(books: Books) -> None:
    if not _grants(books, books.actor, ADMIN, books.as_of):
        raise NotToBeDelegated(
            f"{books.actor} is neither the delegator nor an admin on {books.as_of}"
        )


def _grants(books: Books, handle: str, role: str, day: date) -> list[RoleGrant]:
    query = select(RoleGrant).where(
        col(RoleGrant.handle) == handle,
        col(RoleGrant.role) == role,
        col(RoleGrant.valid_from) <= day,
        or_(col(RoleGrant.valid_to).is_(None), col(RoleGrant.valid_to) > day),
    )
    return list(books.session.exec(query))


def _known(books: Books, given: Handover) -> Delegation | None:
    query = select(Delegation).where(
        col(Delegation.delegator) == given.delegator,
        col(Delegation.delegate) == given.delegate,
        col(Delegation.role) == given.role,
        col(Delegation.valid_from) == given.valid_from,
        col(Delegation.valid_to) == given.valid_to,
        col(Delegation.ended_on).is_(None),
    )
    limit = (given.limit.minor, given.limit.currency) if given.limit else (None, "")
    found = books.session.exec(query)
    return next((row for row in found if (row.limit_minor, row.currency) == limit), None)
