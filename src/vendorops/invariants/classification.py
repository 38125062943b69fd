"""Engagements: what must be true of what they were found to be, and of leased workers."""

from collections.abc import Iterator

from sqlmodel import col, select

from vendorops import questionnaires
from vendorops.books import Books, content_sha256
from vendorops.domain.classification import evaluate
from vendorops.domain.refusal import Refused
from vendorops.invariants._rule import Invariant
from vendorops.tables import ClassificationDecision
from vendorops.working.classifying import answers_of
from vendorops.working.tenure import overdue


def _does_not_follow(books: Books) -> Iterator[str]:
    """Return the decisions that their answers and rules do not come to."""
    query = select(ClassificationDecision).order_by(col(ClassificationDecision.id))
    for row in books.session.exec(query):
        if not _follows(row):
            yield row.reference


def _follows(row: ClassificationDecision) -> bool:
    try:
        asked = questionnaires.version(row.questionnaire, row.version)
        answers = answers_of(row)
        found = evaluate(asked, answers, row.asked_for_day, row.method)
    except (Refused, ValueError, KeyError):
        return False
    return (
        asked.sha256 == row.rules_sha256
        and content_sha256(answers) == row.answers_sha256
        and (found.result, found.score) == (row.result, row.score)
        and found.held <= bool(row.held)
    )


INVARIANTS = (
    Invariant(
        "S60",
        "what a questionnaire holds is settled by somebody who did not answer it, or waits",
        """
        SELECT c.reference FROM classificationdecision c
        WHERE (c.outcome = 'by_rule' AND c.held <> 0)
        OR (c.status = 'proposed' AND c.outcome <> '')
        OR (c.status IN ('decided', 'appealed') AND c.outcome = '')
        OR (c.outcome IN ('cleared', 'upheld') AND NOT EXISTS (
            SELECT 1 FROM decision d WHERE d.subject_table = 'classificationdecision'
            AND d.kind IN ('classification_hold', 'classification_appeal')
            AND d.subject_id = c.id AND d.status = 'answered'
            AND d.answered_by <> c.stated_by AND d.on_behalf_of <> c.stated_by))
        """,
    ),
    Invariant(
        "S61",
        "one decision of a questionnaire stands about one engagement",
        """
        SELECT max(subject_reference) FROM classificationdecision WHERE status <> 'superseded'
        GROUP BY subject_table, subject_id, questionnaire HAVING count(*) > 1
        """,
    ),
    Invariant(
        "S62",
        "a classification is what its answers and the rules of its version come to",
        _does_not_follow,
    ),
    Invariant("S63", "nobody is leased to us for longer than the law allows", overdue),
)
