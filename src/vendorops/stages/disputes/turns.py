"""Passes the turn in a dispute from side to side, each message with its evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.working_days import working_days
from vendorops.documents import keep
from vendorops.domain.disputing import TERMS, Turn, days_used
from vendorops.domain.lifecycle import DisputeStatus
from vendorops.paying.holding import end_holds
from vendorops.tables import Contract, Dispute, DisputeEvidence, DisputeMessage, Invoice


@dataclass(frozen=True)
class Evidence:
    """A file that proves what a message says."""

    data: bytes
    suffix: str = ""
    """The kind of its content, such as `.pdf`."""


@dataclass(frozen=True)
class Said:
    """A message before it is entered."""

    side: str
    text: str
    evidence: Sequence[Evidence] = ()


def enter_message(books: Books, dispute: Dispute, said: Said, owner: str, due: date) -> None:
    """Write down what a side said, with its files, and whose turn it is from now on."""
    number = len(messages_of(books, dispute)) + 1
    row = books.enter(
        DisputeMessage(
            id=books.key(),
            dispute_id=dispute.id,
            number=number,
            side=said.side,
            written_by=books.actor,
            written_on=books.as_of,
            words=said.text,
            clock_owner=owner,
            due_on=due,
        ),
        because=f"{dispute.reference}, message {number}: the {owner}'s turn until {due}",
    )
    title = f"evidence of {dispute.reference}"
    kept = [keep(books, each.data, title, each.suffix) for each in said.evidence]
    for sha256 in dict.fromkeys(kept):
        books.enter(DisputeEvidence(id=books.key(), dispute_message_id=row.id, sha256=sha256))
    if dispute.clock_owner != owner:
        dispute.clock_since = books.as_of
    dispute.clock_owner, dispute.due_on = owner, due
    books.session.flush()


def end(books: Books, dispute: Dispute, after: DisputeStatus, because: str) -> None:
    """End a dispute, and the holds that were placed with it."""
    dispute.ended_on = books.as_of
    books.move(dispute, after, because=because)
    end_holds(books, dispute.id, f"{dispute.reference} is {after}")


def answer_due(books: Books, invoice: Invoice, owner: str) -> date:
    """Return by when a side whose turn it is today has to answer."""
    days = TERMS.on(books.as_of).answer_days[owner]
    return working_days(books).after(books.as_of, days, _place(books, invoice))


def credit_due(books: Books, invoice: Invoice) -> date:
    """Return by when a credit note that is agreed today has to come."""
    days = TERMS.on(books.as_of).credit_days
    return working_days(books).after(books.as_of, days, _place(books, invoice))


def messages_of(books: Books, dispute: Dispute) -> list[DisputeMessage]:
    """Return what was said in a dispute, in turn."""
    query = select(DisputeMessage).where(col(DisputeMessage.dispute_id) == dispute.id)
    return list(books.session.exec(query.order_by(col(DisputeMessage.number))))


def days_of(books: Books, dispute: Dispute) -> dict[str, int]:
    """Return for how many days each side had the turn, until today or the end of the dispute."""
    turns = [Turn(row.written_on, row.clock_owner) for row in messages_of(books, dispute)]
    return days_used(turns, dispute.ended_on or books.as_of)


def _place(books: Books, invoice: Invoice) -> str:
    return books.get(Contract, invoice.contract_id).place
