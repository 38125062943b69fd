"""Puts questions, step by step as the approval matrix has it, and finds the answers."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import bindparam
from sqlmodel import col, select

from vendorops.books import log
from vendorops.books.questions.matrix import Path, path_for, path_under
from vendorops.books.questions.owning import appoint
from vendorops.books.questions.question import OPEN, Question, asked_about
from vendorops.books.unit import Books, name_of
from vendorops.books.working_days import working_days
from vendorops.domain.lifecycle import DecisionStatus
from vendorops.tables import Decision

_REPRESENTED = (  # Written once: every question that is put asks it.
    select(Decision.on_behalf_of).where(
        col(Decision.subject_table) == bindparam("subject_table"),
        col(Decision.subject_id) == bindparam("subject_id"),
        col(Decision.answered_by).in_(bindparam("handles", expanding=True)),
        col(Decision.on_behalf_of) != "",
    )
)


def decided(books: Books, question: Question) -> Decision | None:
    """Return the answer to exactly this content, or put the question and return None.

    Where the matrix asks for several people, it is the answer of the last, or the first refusal.
    Whoever gets it acts on it: from now on it is not corrected any more.
    """
    found = answered(books, question)
    return found and take_effect(books, found)


def answered(books: Books, question: Question) -> Decision | None:
    """Return what `decided` would, for a stage that may not act on it yet."""
    log.lock(books.session)  # Two runs must not both find nothing asked, and both ask.
    known = asked_about(books, question)
    same = [row for row in known if _is_the_same(row, question)]
    for other in known:
        if other.status in OPEN and other not in same:
            books.move(other, DecisionStatus.VOID, because="the content changed; asked again")
    standing = [row for row in same if row.status in (*OPEN, DecisionStatus.ANSWERED)]
    path = path_under(books, standing[0].rule_id) if standing else path_for(books, question)
    given: list[Decision] = []
    for step in range(1, path.length + 1):
        row = next((row for row in standing if row.step == step), None)
        if row is None:
            _ask(books, question, path, given)
        if row is None or row.status in OPEN:
            return None
        if row.answer == "reject":
            return row
        given.append(row)
    return given[-1]


def take_effect(books: Books, decision: Decision) -> Decision:
    """Write down that a stage acts on an answer, and so on those it rests on."""
    if decision.effective_on is None:
        for row in steps_before(books, decision):
            row.effective_on = books.as_of
        decision.effective_on = books.as_of
        books.record("effective", decision, f"{decision.answer} taken up by {books.actor}")
    return decision


def steps_before(books: Books, decision: Decision) -> list[Decision]:
    """Return the standing answers of the steps before one, about the same content."""
    if decision.step == 1:
        return []
    query = select(Decision).where(
        col(Decision.subject_table) == decision.subject_table,
        col(Decision.subject_id) == decision.subject_id,
        col(Decision.kind) == decision.kind,
        col(Decision.content_sha256) == decision.content_sha256,
        col(Decision.risk) == decision.risk,
        col(Decision.status) == DecisionStatus.ANSWERED,
        col(Decision.step) < decision.step,
    )
    return list(books.session.exec(query.order_by(col(Decision.step))))


def _is_the_same(row: Decision, question: Question) -> bool:
    return row.content_sha256 == question.sha256 and row.risk == question.risk


def _ask(books: Books, question: Question, path: Path, given: Sequence[Decision]) -> Decision:
    row = _row(books, question, path, given)
    appoint(books, row)
    turn = f", step {row.step} of {row.steps}" if row.steps > 1 else ""
    whom = row.owner or f"nobody: {row.missing}"
    return books.enter(row, because=f"asked of {row.role}: {row.kind}{turn}, owned by {whom}")


def _row(books: Books, question: Question, path: Path, given: Sequence[Decision]) -> Decision:
    scope, step = question.scope, len(given) + 1
    due = books.as_of + timedelta(days=question.due_days)
    if path.steps:
        days = path.steps[step - 1].due_days
        due = working_days(books).after(books.as_of, days, question.place)
    return Decision(
        id=books.key(),
        reference=books.reference("DEC"),
        kind=question.kind,
        subject_table=type(question.subject).__name__.lower(),
        subject_id=question.subject.id,
        subject_reference=name_of(question.subject),
        party_id=question.party_id,
        content_sha256=question.sha256,
        question=question.sentence + _so_far(given, path),
        program=question.program,
        place=question.place,
        risk=question.risk,
        amount_minor=question.amount.minor if question.amount else 0,
        currency=scope.currency,
        rule_id=path.rule.id if path.rule else None,
        step=step,
        steps=path.length,
        role=path.role(step, question.role),
        not_by=" ".join(_excluded(books, question, given)),
        asked_by=books.actor,
        asked_on=books.as_of,
        due_on=due,
    )


def _so_far(given: Sequence[Decision], path: Path) -> str:
    """Return what the next in turn is told of those before."""
    if not given:
        return ""
    who = ", ".join(str(row.answered_by) for row in given)
    less = given[-1].detail if given[-1].detail != "{}" else ""
    return (
        f" Step {len(given) + 1} of {path.length}; approved before by {who}"
        f"{f', with {less}' if less else ''}."
    )


def _excluded(books: Books, question: Question, given: Sequence[Decision]) -> list[str]:
    """Return who may not answer: who took part, and those in whose place they did."""
    excluded = dict.fromkeys(question.not_by)
    for row in given:
        excluded |= dict.fromkeys(filter(None, (row.answered_by, row.on_behalf_of)))
    return list(excluded | dict.fromkeys(_represented(books, question, list(excluded))))


def _represented(books: Books, question: Question, handles: Sequence[str]) -> list[str]:
    """Return in whose place some people answered before about the same row."""
    if not handles:
        return []
    about = {
        "subject_table": type(question.subject).__name__.lower(),
        "subject_id": question.subject.id,
        "handles": handles,
    }
    return sorted(set(books.session.exec(_REPRESENTED, params=about)))
