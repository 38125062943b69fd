"""Decides who may answer a question: role, limit, and no part in it, for both of a pair."""

from collections.abc import Iterable

from sqlmodel import col, select

from vendorops.books.questions.question import SUPPLIER_ROLE
from vendorops.books.questions.rights import Right, rights
from vendorops.books.unit import Books
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.tables import ApprovalRule, Decision, Person


class NotAllowed(Refused):
    """The person may not answer the question."""


def may_use(right: Right, decision: Decision) -> bool:
    """Tell whether a right answers a question as far as it has been escalated today."""
    people = {right.holder, right.on_behalf_of} - {""}
    return (
        right.answers == decision.role
        and right.from_escalation <= decision.escalation
        and right.covers(decision.amount_minor, decision.currency)
        and not people & taking_part(decision)
        and _belongs(right.party_id, decision)
    )


def taking_part(decision: Decision) -> set[str]:
    """Return who may not answer because he asked or took part before."""
    return {decision.asked_by, *decision.not_by.split()}


def _belongs(party_id: int | None, decision: Decision) -> bool:
    if decision.role == SUPPLIER_ROLE:
        return party_id is not None and party_id == decision.party_id
    return party_id is None


def authority(books: Books, decision: Decision) -> Right:
    """Return the right by which the actor may answer today, or refuse saying why not."""
    who = books.actor
    person = books.session.exec(select(Person).where(col(Person.handle) == who)).one_or_none()
    if person is None:
        raise NotAllowed(f"nobody is known as {who!r}; add the person with vendorops company load")
    if who in taking_part(decision):
        raise NotAllowed(f"{who} took part in {decision.subject_reference} and may not decide it")
    if not _belongs(person.party_id, decision):
        whose = "must" if decision.role == SUPPLIER_ROLE else "must not"
        of = "a supplier" if whose == "must not" else "the party concerned"
        raise NotAllowed(f"who answers {decision.reference} {whose} belong to {of}")
    mine = [right for right in rights(books, [decision.role]) if right.holder == who]
    for right in sorted(mine, key=lambda right: (right.from_escalation, right.by != "")):
        if may_use(right, decision):
            return right
    raise NotAllowed(_why_not(books, decision, mine))


def _why_not(books: Books, decision: Decision, mine: list[Right]) -> str:
    """Return why none of a person's rights is enough, the nearest miss first."""
    who, now = books.actor, [r for r in mine if r.from_escalation <= decision.escalation]
    if not mine:
        return f"{who} does not hold the role {decision.role!r} on {books.as_of}"
    if not now:
        return (
            f"{who} answers for the role {decision.role!r} only once {decision.reference} has "
            "been escalated so far; until then its owner or another holder of the role does"
        )
    for right in now:
        if right.on_behalf_of in taking_part(decision):
            return (
                f"{right.on_behalf_of} took part in {decision.subject_reference}, so {who} may "
                "not decide it in that place either"
            )
    return (
        f"{decision.reference} is about {Money(decision.amount_minor, decision.currency)}, "
        f"above the limit of {who}; a {decision.role} with a higher limit must decide"
    )


def told(books: Books, decision: Decision, right: Right) -> dict[str, object]:
    """Return what is kept of a right with the answer: role, limit, and the row and step asked."""
    kept: dict[str, object] = {
        "role": right.role,
        "limit_minor": "none" if right.limit_minor is None else str(right.limit_minor),
        "currency": right.currency,
    }
    if right.by:
        kept |= {"by": right.by, "on_behalf_of": right.on_behalf_of}
    if decision.rule_id is not None:
        row = books.get(ApprovalRule, decision.rule_id)
        kept |= {"matrix": row.reference, "step": f"{decision.step} of {decision.steps}"}
    return kept


def who_may(found: Iterable[Right], decision: Decision) -> list[Right]:
    """Return the rights that answer a question."""
    return [right for right in found if may_use(right, decision)]
