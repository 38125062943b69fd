"""Writes down what people answer: once, with a reason, by whoever may."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vendorops.books import answers, log
from vendorops.books.chain import canonical, content_sha256
from vendorops.books.questions.asking import steps_before
from vendorops.books.questions.authority import NotAllowed, authority, told
from vendorops.books.questions.question import OPEN
from vendorops.books.questions.rights import Right
from vendorops.books.unit import Books
from vendorops.domain.lifecycle import DecisionStatus
from vendorops.domain.reasons import refuse_wordless
from vendorops.domain.refusal import Refused
from vendorops.tables import Decision

VERDICTS = ("approve", "reject")


class AlreadyAnswered(Refused):
    """Somebody was faster."""


@dataclass(frozen=True)
class Answer:
    """What a person says to an open question."""

    reference: str
    answer: str
    """`approve` or `reject`."""
    reason: str
    detail: Mapping[str, object] = field(default_factory=dict)


def answer(books: Books, given: Answer) -> Decision:
    """Write down what a person said; refuse who may not say it, and a second answer.

    Raises Wordless without a reason; NotAllowed without the role, over the limit, after taking
    part, for one's own party, or on a day before it was asked; AlreadyAnswered when it was
    answered otherwise or is void.
    """
    log.lock(books.session)  # In the order of every other writer, so that none waits in a ring.
    decision = books.named(Decision, given.reference)
    check(books, decision, given)
    if decision.status == DecisionStatus.ANSWERED and _same(decision, given, books.actor):
        return decision
    if decision.status not in OPEN:
        raise AlreadyAnswered(_too_late(decision))
    return write(books, decision, given, authority(books, decision))


def check(books: Books, decision: Decision, given: Answer) -> None:
    """Refuse what is no answer to a question, whoever gives it."""
    if given.answer not in VERDICTS:
        raise NotAllowed(f"answer {given.answer!r} is neither approve nor reject")
    refuse_wordless(given.reason, f"why {decision.reference} is answered so")
    if books.as_of < decision.asked_on:
        raise NotAllowed(
            f"{decision.reference} was asked on {decision.asked_on} and cannot be answered on "
            f"{books.as_of}, before it; answer on that day or later"
        )


def write(books: Books, decision: Decision, given: Answer, right: Right) -> Decision:
    """Fill in an answer and tell the history of it."""
    decision.answer = given.answer
    decision.answered_by = books.actor
    decision.on_behalf_of = right.on_behalf_of
    decision.by_role = right.role
    decision.answered_on = books.as_of
    decision.answered_at = books.now()
    decision.reason = given.reason
    decision.authority = canonical(told(books, decision, right)).decode()
    decision.detail = _detail(books, decision, given)
    books.session.flush()
    place = f" in the place of {right.on_behalf_of}" if right.on_behalf_of else ""
    books.move(
        decision,
        DecisionStatus.ANSWERED,
        because=f"{given.answer} by {books.actor}{place}",
        content=answer_sha256(decision),
        on_behalf_of=right.on_behalf_of,
    )
    return decision


def answer_sha256(decision: Decision) -> str:
    """Return the hash of an answer: who said what, with which authority, about which content."""
    said = (decision.answer, decision.answered_by, decision.reason, decision.authority)
    place = [decision.on_behalf_of] if decision.on_behalf_of else []
    return content_sha256([*map(str, said), decision.detail, decision.content_sha256, *place])


def _same(decision: Decision, given: Answer, actor: str) -> bool:
    return decision.answer == given.answer and decision.answered_by == actor


def _too_late(decision: Decision) -> str:
    if decision.answer:
        return (
            f"{decision.reference} is {decision.status}: {decision.answered_by} said "
            f"{decision.answer} on {decision.answered_on}; see vendorops inbox, or correct it "
            "with --correct while nothing has come of it"
        )
    return f"{decision.reference} is {decision.status}; see vendorops inbox"


def _detail(books: Books, decision: Decision, given: Answer) -> str:
    """Return what the answer adds; who adds nothing lets stand what the one before him added."""
    detail = dict(answers.checked(books, decision, given.answer, given.detail))
    if detail or given.answer != "approve":
        return canonical(detail).decode()
    before = steps_before(books, decision)
    return before[-1].detail if before else canonical({}).decode()
