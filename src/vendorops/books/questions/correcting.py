"""Corrects an answer by a later one, as long as nothing has come of it; both are kept."""

from sqlmodel import col, select

from vendorops.books import log
from vendorops.books.chain import canonical
from vendorops.books.questions.answering import AlreadyAnswered, Answer, check, write
from vendorops.books.questions.authority import authority
from vendorops.books.questions.question import OPEN
from vendorops.books.unit import Books
from vendorops.domain.lifecycle import DecisionStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import Decision

INSTEAD = {
    "qualification": "suspend the supplier, or let it apply anew",
    "contract": "amend or terminate the contract",
    "servicesheet": "claim the difference back with a credit note",
    "invoice": "ask the supplier for a credit note, or to claim again",
    "settlement": "correct it in a later settlement",
    "paymentbatch": "cancel the batch while it is held, or call the money back at the bank",
    "filing": "hand in an amended return",
    "bankaccount": "propose another account",
}
"""What to do by whom a decision was about once something has come of it."""


class TookEffect(Refused):
    """Something has come of the answer; it is not corrected any more."""


def correct(books: Books, given: Answer) -> Decision:
    """Put a later answer in the place of one that has had no effect yet.

    The old one is kept as corrected, the new one names it. Whoever may answer may correct, he who
    answered too. Only the last answer given about a content is corrected; what was asked next
    because of it is taken back.
    """
    log.lock(books.session)  # In the order of every other writer.
    old = books.named(Decision, given.reference)
    check(books, old, given)
    if old.status == DecisionStatus.CORRECTED:
        return _known(books, old, given)
    if old.status != DecisionStatus.ANSWERED:
        raise AlreadyAnswered(f"{old.reference} is {old.status}; there is nothing to correct")
    if old.effective_on is not None:
        instead = INSTEAD.get(old.subject_table, "undo what came of it by an act of its own")
        raise TookEffect(
            f"{old.reference} took effect on {old.effective_on} and is not corrected any more; "
            f"{instead}"
        )
    _check_differs(old, given)
    _take_back(books, old)
    return _replace(books, old, given)


def _known(books: Books, old: Decision, given: Answer) -> Decision:
    """Return the correction made before if it is the same, given again."""
    query = select(Decision).where(col(Decision.corrects_id) == old.id)
    newer = books.session.exec(query).one()
    if (newer.answer, newer.answered_by) == (given.answer, books.actor):
        return newer
    raise AlreadyAnswered(
        f"{old.reference} was corrected by {newer.answered_by}; correct {newer.reference} instead"
    )


def _check_differs(old: Decision, given: Answer) -> None:
    if given.answer == old.answer and canonical(dict(given.detail)).decode() == old.detail:
        raise AlreadyAnswered(
            f"{old.reference} already says {old.answer}; a correction must say something else"
        )


def _take_back(books: Books, old: Decision) -> None:
    """Void what was asked because of an answer; refuse where that has been answered too."""
    query = select(Decision).where(
        col(Decision.subject_table) == old.subject_table,
        col(Decision.subject_id) == old.subject_id,
        col(Decision.kind) == old.kind,
        col(Decision.content_sha256) == old.content_sha256,
        col(Decision.step) > old.step,
        col(Decision.status).in_((*OPEN, DecisionStatus.ANSWERED)),
    )
    for row in books.session.exec(query.order_by(col(Decision.step))).all():
        if row.status == DecisionStatus.ANSWERED:
            raise AlreadyAnswered(
                f"{row.answered_by} answered {row.reference} on top of {old.reference}; "
                f"correct {row.reference} instead"
            )
        books.move(row, DecisionStatus.VOID, because=f"{old.reference} is corrected")


def _replace(books: Books, old: Decision, given: Answer) -> Decision:
    """Enter the new answer; its right is checked as if the question were put today."""
    asked = old.model_dump(exclude={"id", "status", *Decision.filled_later})
    new = Decision(**asked | {"id": books.key(), "reference": books.reference("DEC")})
    new.corrects_id, new.owner, new.escalation = old.id, books.actor, old.escalation
    right = authority(books, new)
    because = f"corrected by {new.reference}: {given.reason}"
    books.move(old, DecisionStatus.CORRECTED, because=because)
    books.enter(new, because=f"corrects {old.reference}, asked of {new.role}: {new.kind}")
    return write(books, new, given, right)
