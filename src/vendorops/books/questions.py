"""Questions put to people, bound to the content they show, and the answers given.

A decision is a row. No run waits for it: the next run that needs the answer finds it. An answer
counts only for exactly the content that was shown; if that changed, the question is put again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import col, select

from vendorops.books import answers, log
from vendorops.books.chain import canonical, content_sha256
from vendorops.books.unit import Books, name_of
from vendorops.domain.lifecycle import DecisionStatus
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.tables import Decision, Person, RoleGrant, Row

OPEN = (DecisionStatus.REQUESTED, DecisionStatus.REMINDED, DecisionStatus.ESCALATED)
SUPPLIER_ROLE = "supplier"
"""The one role that is held by the other party: it signs."""


class NotAllowed(Refused):
    """The person may not answer the question."""


class AlreadyAnswered(Refused):
    """Somebody was faster."""


@dataclass(frozen=True)
class Question:
    """What is asked, of whom, about exactly which content."""

    kind: str
    subject: Row
    content: Mapping[str, object]
    """What the person is shown; its hash is what the answer is bound to."""
    sentence: str
    role: str
    due_days: int = 5
    party_id: int | None = None
    amount: Money | None = None
    not_by: tuple[str, ...] = ()
    """Handles that took part in the case and may not answer."""

    @property
    def sha256(self) -> str:
        """Hash of the content shown."""
        return content_sha256(self.content)


@dataclass(frozen=True)
class Answer:
    """What a person says to an open question."""

    reference: str
    answer: str
    """`approve` or `reject`."""
    reason: str
    detail: Mapping[str, object] = field(default_factory=dict)


def decided(books: Books, question: Question) -> Decision | None:
    """Return the answer to exactly this content, or put the question and return None."""
    log.lock(books.session)  # Two runs must not both find nothing asked, and both ask.
    known = _about(books, question)
    same = [row for row in known if row.content_sha256 == question.sha256]
    for row in same:
        if row.status == DecisionStatus.ANSWERED:
            return row
    for row in known:
        if row.status in OPEN and row not in same:
            books.move(row, DecisionStatus.VOID, because="the content changed; asked again")
    if not any(row.status in OPEN for row in same):
        _ask(books, question)
    return None


def _about(books: Books, question: Question) -> list[Decision]:
    query = select(Decision).where(
        col(Decision.subject_table) == type(question.subject).__name__.lower(),
        col(Decision.subject_id) == question.subject.id,
        col(Decision.kind) == question.kind,
    )
    return list(books.session.exec(query.order_by(col(Decision.id).desc())))


def _ask(books: Books, question: Question) -> Decision:
    amount = question.amount
    return books.enter(
        Decision(
            id=books.key(),
            reference=books.reference("DEC"),
            kind=question.kind,
            subject_table=type(question.subject).__name__.lower(),
            subject_id=question.subject.id,
            subject_reference=name_of(question.subject),
            party_id=question.party_id,
            content_sha256=question.sha256,
            question=question.sentence,
            role=question.role,
            amount_minor=amount.minor if amount else 0,
            currency=amount.currency if amount else "",
            not_by=" ".join(question.not_by),
            asked_by=books.actor,
            asked_on=books.as_of,
            due_on=books.as_of + timedelta(days=question.due_days),
        ),
        because=f"asked of {question.role}: {question.kind}",
    )


def waiting(books: Books) -> list[Decision]:
    """Return every question that waits for a person, the most urgent first."""
    query = select(Decision).where(col(Decision.status).in_(OPEN))
    return list(books.session.exec(query.order_by(col(Decision.due_on), col(Decision.id))))


def answer(books: Books, given: Answer) -> Decision:
    """Write down what a person said; refuse who may not say it, and a second answer.

    Raises NotAllowed without the role, over the limit, after taking part, for one's own party, or
    on a day before it was asked; AlreadyAnswered when it was answered otherwise or is void.
    """
    log.lock(books.session)  # In the order of every other writer, so that none waits in a ring.
    decision = books.named(Decision, given.reference)
    if given.answer not in ("approve", "reject"):
        raise NotAllowed(f"answer {given.answer!r} is neither approve nor reject")
    if decision.status == DecisionStatus.ANSWERED and _same(decision, given, books.actor):
        return decision
    if decision.status not in OPEN:
        raise AlreadyAnswered(f"{decision.reference} is {decision.status}; see vendorops inbox")
    if not given.reason.strip():
        raise NotAllowed(f"{decision.reference} needs a reason; give one with --reason")
    if books.as_of < decision.asked_on:
        raise NotAllowed(
            f"{decision.reference} was asked on {decision.asked_on} and cannot be answered on "
            f"{books.as_of}, before it; answer on that day or later"
        )
    grant = authority(books, decision)
    detail = answers.checked(books, decision, given.answer, given.detail)
    decision.answer = given.answer
    decision.answered_by = books.actor
    decision.answered_on = books.as_of
    decision.answered_at = books.now()
    decision.reason = given.reason
    decision.authority = canonical(grant).decode()
    decision.detail = canonical(dict(detail)).decode()
    books.session.flush()
    because = f"{given.answer} by {books.actor}"
    books.move(decision, DecisionStatus.ANSWERED, because=because, content=answer_sha256(decision))
    return decision


def answer_sha256(decision: Decision) -> str:
    """Return the hash of an answer: who said what, with which authority, about which content."""
    said = (decision.answer, decision.answered_by, decision.reason, decision.authority)
    return content_sha256([*map(str, said), decision.detail, decision.content_sha256])


def _same(decision: Decision, given: Answer, actor: str) -> bool:
    return decision.answer == given.answer and decision.answered_by == actor


def authority(books: Books, decision: Decision) -> dict[str, object]:
    """Return the grant by which the actor may answer today, or refuse saying why not."""
    who = books.actor
    person = books.session.exec(select(Person).where(col(Person.handle) == who)).one_or_none()
    if person is None:
        raise NotAllowed(f"nobody is known as {who!r}; add the person with vendorops company load")
    if who == decision.asked_by or who in decision.not_by.split():
        raise NotAllowed(f"{who} took part in {decision.subject_reference} and may not decide it")
    outsider = decision.role == SUPPLIER_ROLE
    if outsider != (person.party_id is not None and person.party_id == decision.party_id):
        whose = "must" if outsider else "must not"
        raise NotAllowed(f"who answers {decision.reference} {whose} belong to the party concerned")
    return _grant(books, decision)


def _grant(books: Books, decision: Decision) -> dict[str, object]:
    query = select(RoleGrant).where(
        col(RoleGrant.handle) == books.actor,
        col(RoleGrant.role) == decision.role,
        col(RoleGrant.valid_from) <= books.as_of,
    )
    held = [g for g in books.session.exec(query) if not g.valid_to or books.as_of < g.valid_to]
    if not held:
        raise NotAllowed(
            f"{books.actor} does not hold the role {decision.role!r} on {books.as_of}"
        )
    for grant in held:
        if _covers(grant, decision):
            limit = "none" if grant.limit_minor is None else str(grant.limit_minor)
            return {"role": grant.role, "limit_minor": limit, "currency": grant.currency}
    raise NotAllowed(
        f"{decision.reference} is about {Money(decision.amount_minor, decision.currency)}, "
        f"above the limit of {books.actor}; a {decision.role} with a higher limit must decide"
    )


def _covers(grant: RoleGrant, decision: Decision) -> bool:
    if grant.limit_minor is None or decision.amount_minor == 0:
        return True
    return grant.currency == decision.currency and decision.amount_minor <= grant.limit_minor
