"""Who may answer for a role on a day: by a grant, in somebody's place, or as a superior."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import col, or_, select

from vendorops.books.remembering import remembered
from vendorops.books.unit import Books
from vendorops.tables import Delegation, EscalationRule, Person, RoleGrant

TO_ROLE, TO_DEPUTY, TO_SUPERIOR = range(3)
"""How far a question has been escalated."""


@dataclass(frozen=True)
class Right:
    """One way in which somebody may answer questions put to a role."""

    holder: str
    answers: str
    """The role that is asked."""
    role: str
    """The role that is held: the same, or its superior."""
    limit_minor: int | None
    currency: str
    on_behalf_of: str = ""
    by: str = ""
    """Empty for a grant; else the delegation's reference, `deputy` or `superior`."""
    from_escalation: int = TO_ROLE
    """The question must have been escalated so far."""
    party_id: int | None = None
    """The party the holder belongs to."""

    def covers(self, amount_minor: int, currency: str) -> bool:
        """Tell whether an amount is within the limit."""
        if self.limit_minor is None or amount_minor == 0:
            return True
        return self.currency == currency and amount_minor <= self.limit_minor

    @property
    def height(self) -> tuple[bool, int]:
        """Sort key of the limit, the lowest first; none is the highest."""
        return (self.limit_minor is None, self.limit_minor or 0)


@dataclass(frozen=True)
class _Held:
    """A grant in force, and the party of who holds it."""

    grant: RoleGrant
    party_id: int | None


def rights(books: Books, roles: Iterable[str] | None = None) -> list[Right]:
    """Return every right in force today to answer for some roles, or for all."""
    wanted = None if roles is None else frozenset(roles)
    name = ("rights", books.as_of, wanted)
    return list(remembered(books, name, lambda: _read(books, wanted)))


def _read(books: Books, wanted: frozenset[str] | None) -> list[Right]:
    superiors = _superiors(books)
    needed = wanted and wanted | {superiors[role] for role in wanted if role in superiors}
    held = _held(books, needed)
    delegations = _delegations(books)
    found = [
        right
        for one in held
        for right in _of(one, delegations)
        if wanted is None or right.answers in wanted
    ]
    for role, superior in superiors.items():
        if wanted is None or role in wanted:
            found += [_as_superior(one, role) for one in held if one.grant.role == superior]
    return found


def _of(one: _Held, delegations: Mapping[tuple[str, str], list[Delegation]]) -> Iterator[Right]:
    """Return the rights that rest on one grant: its holder's, his delegates', his deputy's."""
    grant = one.grant
    own = Right(
        grant.handle,
        grant.role,
        grant.role,
        grant.limit_minor,
        grant.currency,
        party_id=one.party_id,
    )
    yield own
    for delegation in delegations.get((grant.handle, grant.role), ()):
        handed_on = within(own, delegation)
        if handed_on:
            yield handed_on
    if grant.deputy:
        yield replace(
            own,
            holder=grant.deputy,
            on_behalf_of=grant.handle,
            by="deputy",
            from_escalation=TO_DEPUTY,
        )


def within(own: Right, delegation: Delegation) -> Right | None:
    """Return what of a right was handed on: never more than its owner has today."""
    limit, currency = delegation.limit_minor, delegation.currency
    if limit is None:
        limit, currency = own.limit_minor, own.currency
    elif own.limit_minor is not None:
        if own.currency != currency:
            return None
        limit = min(limit, own.limit_minor)
    return replace(
        own,
        holder=delegation.delegate,
        limit_minor=limit,
        currency=currency,
        on_behalf_of=delegation.delegator,
        by=delegation.reference,
    )


def _as_superior(one: _Held, role: str) -> Right:
    grant = one.grant
    return Right(
        grant.handle,
        role,
        grant.role,
        grant.limit_minor,
        grant.currency,
        by="superior",
        from_escalation=TO_SUPERIOR,
        party_id=one.party_id,
    )


def _held(books: Books, roles: frozenset[str] | None) -> list[_Held]:
    query = (
        select(RoleGrant, Person.party_id)
        .join(Person, col(Person.handle) == col(RoleGrant.handle))
        .where(
            col(RoleGrant.valid_from) <= books.as_of,
            or_(col(RoleGrant.valid_to).is_(None), col(RoleGrant.valid_to) > books.as_of),
        )
    )
    if roles is not None:
        query = query.where(col(RoleGrant.role).in_(sorted(roles)))
    rows = books.session.exec(query.order_by(col(RoleGrant.id)))
    return [_Held(grant, party_id) for grant, party_id in rows]


def _delegations(books: Books) -> dict[tuple[str, str], list[Delegation]]:
    found: dict[tuple[str, str], list[Delegation]] = {}
    for row in delegations_on(books, books.as_of):
        found.setdefault((row.delegator, row.role), []).append(row)
    return found


def delegations_on(books: Books, day: date) -> list[Delegation]:
    """Return the delegations in force on a day; one that admins entered needs both of them."""
    query = select(Delegation).where(
        col(Delegation.valid_from) <= day,
        col(Delegation.valid_to) > day,
        or_(col(Delegation.ended_on).is_(None), col(Delegation.ended_on) > day),
        or_(
            col(Delegation.entered_by) == col(Delegation.delegator),
            col(Delegation.confirmed_by).is_not(None),
        ),
    )
    return list(books.session.exec(query.order_by(col(Delegation.id))))


def _superiors(books: Books) -> dict[str, str]:
    """Return the superior of each role that has one today."""
    query = select(EscalationRule).where(
        col(EscalationRule.valid_from) <= books.as_of, col(EscalationRule.role) != ""
    )
    rows = books.session.exec(query.order_by(col(EscalationRule.valid_from)))
    newest = {(row.role, row.kind): row.escalates_to for row in rows}
    return {role: superior for (role, _), superior in newest.items() if superior}
