"""What is asked, and what was asked before about the same row."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Executable, bindparam
from sqlalchemy import select as sql
from sqlmodel import col, select

from vendorops.books.chain import content_sha256
from vendorops.books.unit import Books
from vendorops.domain.approvals import Scope
from vendorops.domain.lifecycle import DecisionStatus
from vendorops.domain.money import Money
from vendorops.tables import Decision, Row

OPEN = (DecisionStatus.REQUESTED, DecisionStatus.REMINDED, DecisionStatus.ESCALATED)
SUPPLIER_ROLE = "supplier"
"""The one role that is held by the other party: it signs."""
_ASKED = (  # Written once: making it takes longer than running it, and every step asks.
    select(Decision)
    .where(
        col(Decision.subject_table) == bindparam("subject_table"),
        col(Decision.subject_id) == bindparam("subject_id"),
        col(Decision.kind) == bindparam("kind"),
    )
    .order_by(col(Decision.id).desc())
)


@dataclass(frozen=True)
class Question:
    """What is asked, of whom, about exactly which content."""

    kind: str
    subject: Row
    content: Mapping[str, object]
    """What the person is shown; its hash is what the answer is bound to."""
    sentence: str
    role: str
    """Who answers where the approval matrix says nothing, and within how many days."""
    due_days: int = 5
    party_id: int | None = None
    amount: Money | None = None
    not_by: tuple[str, ...] = ()
    """Handles that took part in the case and may not answer."""
    program: str = ""
    """What the approval matrix may ask for, like the two that follow and the amount."""
    place: str = ""
    risk: str = ""

    @property
    def sha256(self) -> str:
        """Hash of the content shown."""
        return content_sha256(self.content)

    @property
    def scope(self) -> Scope:
        """Where it stands in the approval matrix."""
        amount = self.amount
        return Scope(
            self.program,
            self.place,
            self.risk,
            amount.currency if amount else "",
            max(amount.minor, 0) if amount else 0,
        )


def asked_about(books: Books, question: Question) -> list[Decision]:
    """Return what was asked of this kind about this row, newest first."""
    about = {
        "subject_table": type(question.subject).__name__.lower(),
        "subject_id": question.subject.id,
        "kind": question.kind,
    }
    return list(books.session.exec(_ASKED, params=about))


def waiting(books: Books) -> list[Decision]:
    """Return every question that waits for a person, the most urgent first."""
    query = select(Decision).where(col(Decision.status).in_(OPEN))
    return list(books.session.exec(query.order_by(col(Decision.due_on), col(Decision.id))))


def those_who_answered(books: Books, *about: ColumnElement[bool]) -> set[str]:
    """Return who answered such decisions, and those in whose place they did."""
    return who_answered(books, answers(*about))


def answers(*about: ColumnElement[bool]) -> Executable:
    """Return the statement that `who_answered` runs, for whoever asks it often with others."""
    return sql(col(Decision.answered_by), col(Decision.on_behalf_of)).where(
        *about, col(Decision.status) == DecisionStatus.ANSWERED
    )


def who_answered(books: Books, asked: Executable, **of: int) -> set[str]:
    """Return who answered the decisions that a statement finds, and those in whose place."""
    return {str(who) for pair in books.session.execute(asked, of) for who in pair if who}
