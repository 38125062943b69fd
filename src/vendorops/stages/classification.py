"""Puts engagements that a questionnaire holds before a person, and what is contested again."""

import json

from sqlmodel import col, select

from vendorops import questionnaires
from vendorops.books import Books, Question, decided
from vendorops.books.questions import those_who_answered
from vendorops.domain.classification import Questionnaire
from vendorops.domain.lifecycle import ClassificationStatus
from vendorops.stages import Step
from vendorops.tables import ClassificationDecision, Decision
from vendorops.working.classifying import answers_of, contract_of, settle, subject_named

SUBJECT = ClassificationDecision
OWNER = "compliance"
WAITS = (ClassificationStatus.PROPOSED, ClassificationStatus.APPEALED)
HOLD, APPEAL = "classification_hold", "classification_appeal"


def ready(books: Books) -> list[int]:
    """Return what is held or contested and waits for a person, oldest first."""
    query = select(ClassificationDecision.id).where(col(ClassificationDecision.status).in_(WAITS))
    return list(books.session.exec(query.order_by(col(ClassificationDecision.id))))


def advance(books: Books, ident: int) -> Step:
    """Have a hold, or what is contested, settled by somebody who took no part in it."""
    row = books.get(ClassificationDecision, ident)
    if row.status not in WAITS:
        return Step.DONE
    contested = row.status == ClassificationStatus.APPEALED
    decision = decided(books, _appeal(books, row) if contested else _hold(books, row))
    if decision is None:
        return Step.WAITING
    because = f"{decision.reference} {decision.answer} by {decision.answered_by}"
    settle(books, row, _becomes(row, approved=decision.answer == "approve"), because)
    return Step.DONE


def _becomes(row: ClassificationDecision, *, approved: bool) -> str:
    """Return what a hold or an appeal leaves: one that is granted turns the outcome round."""
    if row.status == ClassificationStatus.PROPOSED:
        return "cleared" if approved else "upheld"
    turned = "cleared" if row.outcome == "upheld" else "upheld"
    return turned if approved else row.outcome


def _hold(books: Books, row: ClassificationDecision) -> Question:
    return _question(
        books,
        row,
        HOLD,
        f"{_of(row).en} says {row.result} of {row.subject_reference} (score {row.score}). May it"
        " go on as it is all the same? Until then nothing is ordered or reported.",
        (row.stated_by,),
    )


def _appeal(books: Books, row: ClassificationDecision) -> Question:
    then = (
        "the hold is lifted"
        if row.outcome == "upheld"
        else "nothing rests on it until it is answered anew"
    )
    settled = those_who_answered(
        books,
        col(Decision.subject_table) == "classificationdecision",
        col(Decision.subject_id) == row.id,
        col(Decision.kind) == HOLD,
    )
    return _question(
        books,
        row,
        APPEAL,
        f"Was {row.reference}, {row.result} of {row.subject_reference}, decided wrongly?"
        f" {row.appealed_by} contests it: {row.appeal_reason.rstrip('.')}. If so, {then}.",
        tuple(dict.fromkeys((row.stated_by, row.appealed_by, *sorted(settled)))),
    )


def _question(
    books: Books,
    row: ClassificationDecision,
    kind: str,
    sentence: str,
    not_by: tuple[str, ...],
) -> Question:
    contract = contract_of(books, subject_named(books, row.subject_reference))
    return Question(
        kind=kind,
        subject=row,
        content={
            "classification": row.reference,
            "about": row.subject_reference,
            "questionnaire": f"{row.questionnaire} of {row.version}, {row.method}",
            "cite": _of(row).cite,
            "rules": row.rules_sha256,
            "answers": answers_of(row),
            "result": row.result,
            "score": row.score,
            "reasons": json.loads(row.reasons),
            "contested": f"{row.appealed_by}: {row.appeal_reason}" if kind == APPEAL else "",
        },
        sentence=sentence,
        role=_of(row).role,
        party_id=row.party_id,
        not_by=not_by,
        program=contract.program if contract else "",
        place=contract.place if contract else "",
    )


def _of(row: ClassificationDecision) -> Questionnaire:
    return questionnaires.version(row.questionnaire, row.version)
