"""Enters what a questionnaire comes to about an engagement, and what it comes to by new rules."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlmodel import col, select

from vendorops import questionnaires
from vendorops.books import Books, canonical, content_sha256, log, name_of
from vendorops.books.standing import refuse_outsider
from vendorops.books.withdrawing import withdraw
from vendorops.domain.classification import Outcome, Questionnaire, evaluate
from vendorops.domain.lifecycle import ClassificationStatus
from vendorops.domain.reasons import refuse_wordless
from vendorops.domain.refusal import Refused
from vendorops.tables import ClassificationDecision, Contract, Row, Supplier, WorkOrder

Answers = Mapping[str, Mapping[str, str]]
SUBJECTS: Mapping[str, type[Row]] = {
    "CON": Contract,
    "SUP": Supplier,
    "WO": WorkOrder,
    "SOW": WorkOrder,
    "TO": WorkOrder,
}
"""Whose references begin so."""
CLEAR = ("by_rule", "cleared")
"""Outcomes that stand in nobody's way."""
AFTER_A_HOLD = "answered anew while a hold was not cleared, so a person looks again"


class NotClassifiable(Refused):
    """Nothing of that reference is classified, or nothing can be contested about it."""


@dataclass(frozen=True)
class Stated:
    """What a person says about an engagement."""

    subject: Row
    questionnaire: str
    answers: Answers
    method: str = ""


def subject_named(books: Books, reference: str) -> Row:
    """Return the contract, order or supplier of a reference."""
    table = SUBJECTS.get(reference.partition("-")[0])
    if table is None:
        raise NotClassifiable(
            f"{reference!r} is no contract, order or supplier; give a reference such as CON-2026-1"
        )
    return books.named(table, reference)


def contract_of(books: Books, subject: Row) -> Contract | None:
    """Return the contract that a subject is or hangs on; a supplier has none of its own."""
    if isinstance(subject, WorkOrder):
        return books.get(Contract, subject.contract_id)
    return subject if isinstance(subject, Contract) else None


def classify(books: Books, stated: Stated) -> ClassificationDecision:
    """Enter what the answers come to; it takes the place of what stood before, and all is kept.

    What is not held is decided by its rule at once; what is held waits for a person (stage
    `classification`). The same answers to the same version on the same day are the same decision.
    Raises BadAnswers for answers that are missing or unknown, NotInForce before the first version.
    """
    refuse_outsider(books)
    log.lock(books.session)
    asked = questionnaires.on(stated.questionnaire, books.as_of)
    method = stated.method or asked.usual_method
    outcome = evaluate(asked, stated.answers, books.as_of, method)
    before = standing(books, stated.subject, asked.code)
    digest = content_sha256(stated.answers)
    if before and _same(before, asked, method, digest, books.as_of):
        return before
    again = before is not None and before.outcome not in CLEAR
    row = _row(books, stated, asked, outcome, again=again)
    if before:
        withdraw(books, before, f"answered anew: {row.reference}")
        because = f"{row.reference} takes its place"
        books.move(before, ClassificationStatus.SUPERSEDED, because=because)
    books.enter(row, because=f"{asked.code} of {asked.version}: {outcome.result}")
    if not row.held:
        settle(books, row, "by_rule", f"by rule: {outcome.reasons[0]}")
    return row


def settle(books: Books, row: ClassificationDecision, outcome: str, because: str) -> None:
    """Decide what waited, by its rule or as a person said."""
    books.move(row, ClassificationStatus.DECIDED, because=because)
    row.outcome, row.decided_on = outcome, books.as_of
    books.session.flush()


def appeal(books: Books, row: ClassificationDecision, reason: str) -> ClassificationDecision:
    """Contest a decision: whoever neither stated, settled nor contests it decides again."""
    refuse_outsider(books)
    log.lock(books.session)
    if row.status != ClassificationStatus.DECIDED:
        raise NotClassifiable(
            f"{row.reference} is {row.status}; only what is decided is contested"
        )
    refuse_wordless(reason, f"why {row.reference} is contested")
    books.move(row, ClassificationStatus.APPEALED, because=reason)
    row.appealed_by, row.appeal_reason = books.actor, reason
    books.session.flush()
    return row


def standing(books: Books, subject: Row, questionnaire: str) -> ClassificationDecision | None:
    """Return the decision of a questionnaire about a subject that nothing took the place of."""
    query = select(ClassificationDecision).where(
        col(ClassificationDecision.subject_table) == type(subject).__name__.lower(),
        col(ClassificationDecision.subject_id) == subject.id,
        col(ClassificationDecision.questionnaire) == questionnaire,
        col(ClassificationDecision.status) != ClassificationStatus.SUPERSEDED,
    )
    return books.session.exec(query).one_or_none()


def answers_of(row: ClassificationDecision) -> Answers:
    """Return the answers a decision rests on."""
    return cast("Answers", json.loads(row.answers))


def _same(
    row: ClassificationDecision, asked: Questionnaire, method: str, digest: str, day: date
) -> bool:
    known = (row.version, row.method, row.answers_sha256, row.asked_for_day)
    return known == (asked.version, method, digest, day)


def _row(
    books: Books, stated: Stated, asked: Questionnaire, outcome: Outcome, *, again: bool
) -> ClassificationDecision:
    reasons = [*outcome.reasons, *([AFTER_A_HOLD] if again and not outcome.held else [])]
    return ClassificationDecision(
        id=books.key(),
        reference=books.reference("CLS"),
        subject_table=type(stated.subject).__name__.lower(),
        subject_id=stated.subject.id,
        subject_reference=name_of(stated.subject),
        party_id=_party(books, stated.subject),
        questionnaire=asked.code,
        version=asked.version,
        method=stated.method or asked.usual_method,
        rules_sha256=asked.sha256,
        asked_for_day=books.as_of,
        answers=canonical(stated.answers).decode(),
        answers_sha256=content_sha256(stated.answers),
        result=outcome.result,
        score=outcome.score,
        held=int(outcome.held or again),
        reasons=canonical(reasons).decode(),
        stated_by=books.actor,
        stated_on=books.as_of,
    )


def _party(books: Books, subject: Row) -> int:
    contract = contract_of(books, subject)
    supplier = books.get(Supplier, contract.supplier_id) if contract else subject
    return cast("Supplier", supplier).party_id
