"""What a transaction asks again and again is read once, until somebody writes to where it stands.

A batch of a hundred cases asks a hundred times who holds a role and which way a question takes.

Writing is heard of in two ways, as neither hears of all. A status is moved by a statement, which
no flush sees, but the history tells of it. A person is entered, and a column filled later, such as
the last day of a role, without an event, and only the flush sees that.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import event
from sqlmodel import Session

from vendorops.books import log
from vendorops.books.unit import Books
from vendorops.tables import (
    AgreedTerm,
    ApprovalRule,
    ApprovalStep,
    ClassificationDuty,
    ConfirmationPolicy,
    Delegation,
    EscalationRule,
    InvoiceHold,
    Person,
    RoleGrant,
    SettlementConfirmation,
)

T = TypeVar("T")
RULES = (
    AgreedTerm,
    ApprovalRule,
    ApprovalStep,
    ClassificationDuty,
    ConfirmationPolicy,
    Delegation,
    EscalationRule,
    InvoiceHold,
    Person,
    RoleGrant,
    SettlementConfirmation,
)
"""The tables whose rows may be remembered: any row of them written forgets everything."""
NAMES = {table.__name__.lower() for table in RULES}
KEPT = "vendorops.remembered"


def remembered(books: Books, what: Hashable, read: Callable[[], T]) -> T:
    """Return what was read before in this transaction under a name, or read it now.

    Only what follows from rows of RULES, and from what the name says, may be read so.
    """
    session = books.session
    session.flush()  # What was written but not sent yet must be seen by whoever reads.
    told: set[str] = session.info.get(log.TOLD, set())
    if not NAMES.isdisjoint(told):  # A status is moved by a statement, which no flush sees.
        session.info.pop(KEPT, None)
    told.clear()
    transaction = session.get_transaction()
    held: tuple[object, dict[Hashable, Any]] | None = session.info.get(KEPT)
    if held is None or held[0] is not transaction:
        held = session.info[KEPT] = (transaction, {})
    known: dict[Hashable, T] = held[1]
    if what not in known:
        known[what] = read()
    return known[what]


@event.listens_for(Session, "after_flush")
def _written(session: Session, _context: object) -> None:
    changed = (*session.new, *session.dirty, *session.deleted)
    if any(isinstance(row, RULES) for row in changed):
        session.info.pop(KEPT, None)


@event.listens_for(Session, "after_soft_rollback")
def _undone(session: Session, _transaction: object) -> None:
    session.info.pop(KEPT, None)
