"""Keeps questions moving by the clock: reminded of, escalated, and never without an owner.

A question that is late is reminded of; later its owner's deputy owns it, and at last somebody of
the superior role, if they may answer it. Days are working days where our company sits. Whoever
may answer may still do so; a question is never answered by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.questions import OPEN
from vendorops.books.questions.authority import may_use, who_may
from vendorops.books.questions.owning import best, deputy_of, missing, superior_of
from vendorops.books.questions.rights import TO_DEPUTY, Right, rights
from vendorops.books.working_days import WorkingDays, working_days
from vendorops.domain.dated import Dated
from vendorops.domain.lifecycle import DecisionStatus
from vendorops.domain.refusal import Refused
from vendorops.stages import Step
from vendorops.tables import Decision, EscalationRule, Refusal

SUBJECT = Decision
OWNER = "admin"
FIRST_DAY = date(2020, 1, 1)
REMINDED = 1
"""How far a question is that was reminded of; escalation counts on from here."""
HOUSE_RULE = "our own, where a company has agreed on nothing else"


@dataclass(frozen=True)
class Patience:
    """After how many working days past the due day a question is reminded of and escalated."""

    remind: int
    deputy: int
    superior: int
    cite: str


UNLESS_AGREED = Dated("days until a late question is escalated", {
    FIRST_DAY: Patience(remind=1, deputy=4, superior=8, cite=HOUSE_RULE),
})  # fmt: skip


class NobodyMayAnswer(Refused):
    """A question waits for somebody who is not there."""


def ready(books: Books) -> list[int]:
    """Return open questions that are late, or whose owner is not the one it should be.

    One that was refused here and is open no more is among them: its refusal is over.
    """
    query = select(Decision).where(col(Decision.status).in_(OPEN))
    clock, found = _Clock.of(books), _by_holder(rights(books))
    due = [
        row.id
        for row in books.session.exec(query.order_by(col(Decision.due_on), col(Decision.id)))
        if clock.next(row) or not _is_owned(row, found.get(row.owner, ()))
    ]
    stuck = select(Refusal.subject_id).where(
        col(Refusal.stage) == "decisions", col(Refusal.resolved_on).is_(None)
    )
    settled = select(Decision.id).where(
        col(Decision.id).in_(stuck), col(Decision.status).not_in(OPEN)
    )
    return due + list(books.session.exec(settled.order_by(col(Decision.id))))


def advance(books: Books, ident: int) -> Step:
    """Remind of a question, escalate it, or give it another owner.

    Raises NobodyMayAnswer while nobody may, naming what is missing.
    """
    decision = books.get(Decision, ident)
    if decision.status not in OPEN:
        return Step.DONE
    after = _Clock.of(books).next(decision)
    if after:
        _escalate(books, decision, after)
        return Step.AGAIN
    found = rights(books, [decision.role])
    if _is_owned(decision, found):
        return Step.DONE
    return _find_owner(books, decision, found)


def _find_owner(books: Books, decision: Decision, found: Sequence[Right]) -> Step:
    able = who_may(found, decision)
    owner = best(books, able) or superior_of(books, able)
    if not owner:
        lacking = missing(found, decision)
        if decision.owner or decision.missing != lacking:
            _own(books, decision, "", lacking)
            return Step.AGAIN
        raise NobodyMayAnswer(
            f"nobody may answer {decision.reference}: {lacking}; grant the role or a higher limit "
            "with vendorops company load"
        )
    _own(books, decision, owner, "who owned it may not answer it")
    return Step.AGAIN


def _is_owned(decision: Decision, found: Sequence[Right]) -> bool:
    return any(right.holder == decision.owner and may_use(right, decision) for right in found)


def _by_holder(found: Iterable[Right]) -> dict[str, list[Right]]:
    held: dict[str, list[Right]] = {}
    for right in found:
        held.setdefault(right.holder, []).append(right)
    return held


def _escalate(books: Books, decision: Decision, after: int) -> None:
    """Take a late question as far as it should be by now."""
    days = (books.as_of - decision.due_on).days
    status = DecisionStatus.REMINDED if after == REMINDED else DecisionStatus.ESCALATED
    if decision.status != status:
        because = f"{days} days overdue; {decision.owner or decision.role} owns it"
        books.move(decision, status, because=because)
    if after == REMINDED:
        return
    decision.escalation = after - REMINDED
    able = who_may(rights(books, [decision.role]), decision)
    to_deputy = decision.escalation == TO_DEPUTY
    level = "deputy" if to_deputy else "superior role"
    above = deputy_of(decision.owner, able) if to_deputy else superior_of(books, able)
    if above:
        _own(books, decision, above, f"escalated to the {level}")
    else:
        books.record("escalated", decision, f"to the {level}; there is none who may answer")


def _own(books: Books, decision: Decision, owner: str, because: str) -> None:
    before, decision.owner = decision.owner or "nobody", owner
    decision.missing = "" if owner else because
    books.record("owned", decision, f"{before} -> {owner or 'nobody'}: {because}")


@dataclass(frozen=True)
class _Clock:
    """What was agreed on about lateness, and the days that count."""

    rules: Sequence[EscalationRule]
    days: WorkingDays
    today: date

    @classmethod
    def of(cls, books: Books) -> Self:
        query = select(EscalationRule).where(col(EscalationRule.valid_from) <= books.as_of)
        rules = list(books.session.exec(query.order_by(col(EscalationRule.id))))
        return cls(rules, working_days(books), books.as_of)

    def next(self, decision: Decision) -> int:
        """Return how far a late question should be by now; zero where it is there already."""
        if decision.due_on >= self.today:
            return 0
        patience = self.patience(decision)
        turns = (patience.remind, patience.deputy, patience.superior)
        begins = [self.days.after(decision.due_on, days, decision.place) for days in turns]
        should_be = sum(begun <= self.today for begun in begins)
        return should_be if should_be > _reached(decision) else 0

    def patience(self, decision: Decision) -> Patience:
        """Return what was agreed on: for the kind rather than for the role, the newest."""
        fitting = [
            rule
            for rule in self.rules
            if rule.kind in ("", decision.kind) and rule.role in ("", decision.role)
        ]
        if not fitting:
            return UNLESS_AGREED.on(self.today)
        rule = max(fitting, key=lambda rule: (rule.kind != "", rule.role != "", rule.valid_from))
        return Patience(rule.remind_days, rule.deputy_days, rule.superior_days, rule.cite)


def _reached(decision: Decision) -> int:
    if decision.status == DecisionStatus.ESCALATED:
        return REMINDED + max(decision.escalation, TO_DEPUTY)
    return REMINDED if decision.status == DecisionStatus.REMINDED else 0
