"""Takes back questions that no longer need an answer."""

from sqlmodel import col, select

from vendorops.books.questions import OPEN
from vendorops.books.unit import Books
from vendorops.domain.lifecycle import DecisionStatus
from vendorops.tables import Decision, Row


def withdraw(books: Books, subject: Row, because: str, kind: str = "") -> None:
    """Void every question about a row that nobody has answered yet, or those of one kind."""
    query = select(Decision).where(
        col(Decision.subject_table) == type(subject).__name__.lower(),
        col(Decision.subject_id) == subject.id,
        col(Decision.status).in_(OPEN),
    )
    if kind:
        query = query.where(col(Decision.kind) == kind)
    for decision in books.session.exec(query.order_by(col(Decision.id))):
        books.move(decision, DecisionStatus.VOID, because=because)
