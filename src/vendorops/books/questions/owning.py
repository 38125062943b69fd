"""Gives every question an owner: one of those who may answer, who is chased for it.

Chosen is who has the lowest limit that is enough, then who has the fewest questions open, then by
name. Where he has delegated the role, his delegate owns the question. Where nobody may answer, the
question says what is missing instead.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import bindparam, func
from sqlmodel import col, select

from vendorops.books.questions.authority import taking_part, who_may
from vendorops.books.questions.question import OPEN
from vendorops.books.questions.rights import TO_SUPERIOR, Right, rights
from vendorops.books.unit import Books
from vendorops.domain.money import Money
from vendorops.tables import Decision

_LOADS = (  # Written once: every question that is put asks it.
    select(Decision.owner, func.count())
    .where(
        col(Decision.owner).in_(bindparam("handles", expanding=True)),
        col(Decision.status).in_(OPEN),
    )
    .group_by(col(Decision.owner))
)


def appoint(books: Books, decision: Decision) -> None:
    """Write down who owns a question that is about to be entered, or what is missing."""
    found = rights(books, [decision.role])
    decision.owner = best(books, who_may(found, decision))
    decision.missing = "" if decision.owner else missing(found, decision)


def best(books: Books, able: Iterable[Right]) -> str:
    """Return who of those able to answer is to own a question; nobody is an empty word."""
    able = list(able)
    own = [right for right in able if not right.on_behalf_of and right.from_escalation == 0]
    if not own:
        return ""
    lowest = min(right.height for right in own)
    equal = {right.holder for right in own if right.height == lowest}
    loads = _loads(books, equal) if len(equal) > 1 else {}
    chosen = min(equal, key=lambda handle: (loads.get(handle, 0), handle))
    standing_in = [r.holder for r in able if r.on_behalf_of == chosen and r.from_escalation == 0]
    return min(standing_in, default=chosen)


def deputy_of(owner: str, able: Iterable[Right]) -> str:
    """Return who stands in for an owner once a question is escalated to deputies."""
    return min((right.holder for right in able if right.on_behalf_of == owner), default="")


def superior_of(books: Books, able: Iterable[Right]) -> str:
    """Return who owns a question that is escalated to the superior role."""
    above = [right for right in able if right.from_escalation == TO_SUPERIOR]
    if not above:
        return ""
    lowest = min(right.height for right in above)
    equal = {right.holder for right in above if right.height == lowest}
    loads = _loads(books, equal)
    return min(equal, key=lambda handle: (loads.get(handle, 0), handle))


def _loads(books: Books, handles: Iterable[str]) -> Mapping[str, int]:
    found = books.session.exec(_LOADS, params={"handles": sorted(handles)})
    return {owner: int(count) for owner, count in found}


def missing(found: Iterable[Right], decision: Decision) -> str:
    """Return what is missing where nobody may answer."""
    held = [r for r in found if r.answers == decision.role and r.from_escalation == 0]
    if not held:
        return f"nobody holds the role {decision.role}"
    amount = Money(decision.amount_minor, decision.currency) if decision.currency else None
    if amount and not any(r.covers(amount.minor, amount.currency) for r in held):
        return f"no {decision.role} has a limit of {amount} or more"
    barred = sorted({right.holder for right in held} & taking_part(decision))
    if barred:
        took = "took" if len(barred) == 1 else "all took"
        return f"{', '.join(barred)} {took} part, and no other {decision.role} has the limit"
    return f"no {decision.role} belongs to whom it is about"
