"""What another version of a questionnaire would make of the decisions that stand."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.classification import BadAnswers, Outcome, Questionnaire, evaluate
from vendorops.domain.lifecycle import ClassificationStatus
from vendorops.tables import ClassificationDecision
from vendorops.working.classifying import answers_of


@dataclass(frozen=True)
class Changed:
    """What another version would make of a decision that stands."""

    decision: ClassificationDecision
    outcome: Outcome | None
    missing: str = ""
    """Why it cannot be said: what the other version asks and nobody answered."""

    @property
    def differs(self) -> bool:
        """Whether result or hold would be another."""
        told = self.outcome
        row = self.decision
        return told is None or (told.result, told.held) != (row.result, bool(row.held))


def back_test(books: Books, other: Questionnaire, day: date) -> list[Changed]:
    """Return what a version would make of every decision that stands, oldest first.

    Only what it still asks is taken of the answers. Nothing is written.
    """
    query = select(ClassificationDecision).where(
        col(ClassificationDecision.questionnaire) == other.code,
        col(ClassificationDecision.status) != ClassificationStatus.SUPERSEDED,
    )
    rows = books.session.exec(query.order_by(col(ClassificationDecision.id)))
    return [_again(row, other, day) for row in rows]


def _again(row: ClassificationDecision, other: Questionnaire, day: date) -> Changed:
    method = row.method if row.method in other.methods else other.usual_method
    wanted = other.method(method).questions
    answers = {ident: said for ident, said in answers_of(row).items() if ident in wanted}
    try:
        return Changed(row, evaluate(other, answers, day, method))
    except BadAnswers as refusal:
        return Changed(row, None, str(refusal))
