"""Sees to it that no question waits unseen: overdue ones are reminded of, then escalated."""

from datetime import date, timedelta

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.questions import OPEN
from vendorops.domain.dated import Dated
from vendorops.domain.lifecycle import DecisionStatus
from vendorops.stages import Step
from vendorops.tables import Decision

SUBJECT = Decision
FIRST_DAY = date(2020, 1, 1)
REMINDER_DAYS = Dated("days after which a question is reminded of", {FIRST_DAY: 1})
"""Counted from the day it was due."""
ESCALATION_DAYS = Dated("days after which a question is escalated", {FIRST_DAY: 4})
"""Counted from the day it was due; from then on it is shown to everybody who may see cases."""


def ready(books: Books) -> list[int]:
    """Return open questions that are to be reminded of or escalated, the oldest due first."""
    query = select(Decision).where(
        col(Decision.status).in_(OPEN), col(Decision.due_on) < books.as_of
    )
    overdue = books.session.exec(query.order_by(col(Decision.due_on), col(Decision.id)))
    return [decision.id for decision in overdue if _next(books, decision)]


def advance(books: Books, ident: int) -> Step:
    """Remind the role that owns a question of it, or escalate it."""
    decision = books.get(Decision, ident)
    after = _next(books, decision)
    if after:
        days = (books.as_of - decision.due_on).days
        because = f"{days} days overdue; the role {decision.role} owns it"
        books.move(decision, after, because=because)
    return Step.DONE


def _next(books: Books, decision: Decision) -> DecisionStatus | None:
    """Return the state an open question should be in today; None where it already is."""
    status = DecisionStatus(decision.status)
    for after, days in (
        (DecisionStatus.ESCALATED, ESCALATION_DAYS),
        (DecisionStatus.REMINDED, REMINDER_DAYS),
    ):
        begins = decision.due_on + timedelta(days=days.on(books.as_of))
        if begins <= books.as_of:
            return after if status in OPEN and after in status.follows else None
    return None
