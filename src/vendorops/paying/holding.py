"""Holds of invoices: who keeps one from payment, who lets it go, and what that stops."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, ColumnElement, Date, bindparam, exists
from sqlalchemy import select as sql
from sqlmodel import col, or_, select

from vendorops.books import Books, NotInTheBooks, Question, log
from vendorops.books.questions.matrix import path_for
from vendorops.books.remembering import remembered
from vendorops.books.standing import refuse_outsider
from vendorops.books.withdrawing import withdraw
from vendorops.domain.lifecycle import InvoiceHoldStatus, InvoiceStatus
from vendorops.domain.money import Money
from vendorops.domain.reasons import refuse_wordless
from vendorops.domain.refusal import Refused
from vendorops.tables import (
    Contract,
    Decision,
    Invoice,
    InvoiceHold,
    InvoiceLine,
    SettlementLine,
    Supplier,
)

KIND = "hold_release"
"""What the approval matrix may ask for where two people must release a hold."""
OVER = (InvoiceStatus.PAID, InvoiceStatus.PART_PAID, InvoiceStatus.REJECTED)


class NotHoldable(Refused):
    """The invoice cannot be held so, or the hold not released so."""


@dataclass(frozen=True)
class Hold:
    """What a person says of an invoice that is not to be paid for now."""

    reason: str
    line: int | None = None
    """Position of the line it is about, counted from one."""
    until: date | None = None
    """First day on which it no longer holds."""
    dispute_id: int | None = None
    """With which it ends."""


def place_hold(books: Books, invoice: Invoice, said: Hold) -> InvoiceHold:
    """Keep an invoice from settlement and payment; the same said again is the same hold.

    Raises Wordless without a reason, NotHoldable for a day that is not ahead, and once the money
    has gone.
    """
    refuse_outsider(books)
    return _placed(books, invoice, said, books.actor)


def hold_as_answered(books: Books, invoice: Invoice, decision: Decision) -> InvoiceHold:
    """Keep an invoice from settlement and payment in the name and words of who answered so."""
    said = Hold(f"{decision.reference}: {decision.reason}")
    return _placed(books, invoice, said, str(decision.answered_by))


def _placed(books: Books, invoice: Invoice, said: Hold, by: str) -> InvoiceHold:
    log.lock(books.session)
    refuse_wordless(said.reason, f"why {invoice.reference} is held")
    if said.until and said.until <= books.as_of:
        raise NotHoldable(f"a hold until {said.until} is over on {books.as_of}; name a later day")
    if invoice.status in OVER:
        raise NotHoldable(f"{invoice.reference} is {invoice.status}; there is nothing to hold")
    line = _line(books, invoice, said.line) if said.line is not None else None
    for known in active_holds(books, invoice.id):
        if (known.held_by, known.reason, known.until_on) == (
            by,
            said.reason,
            said.until,
        ) and known.invoice_line_id == line:
            return known
    until = f" until {said.until}" if said.until else ""
    return books.enter(
        InvoiceHold(
            id=books.key(),
            reference=books.reference("HLD"),
            invoice_id=invoice.id,
            invoice_line_id=line,
            dispute_id=said.dispute_id,
            reason=said.reason,
            held_by=by,
            held_on=books.as_of,
            until_on=said.until,
        ),
        because=f"{invoice.reference} is held{until}: {said.reason}",
    )


def release_hold(books: Books, hold: InvoiceHold, reason: str) -> bool:
    """Release a hold, or ask for it where the approval matrix has somebody else decide.

    Return whether it is released. Raises Wordless without a reason, and NotHoldable where it is
    over or release was asked before.
    """
    refuse_outsider(books)
    log.lock(books.session)
    books.session.refresh(hold)
    refuse_wordless(reason, f"why {hold.reference} is released")
    if hold.status != InvoiceHoldStatus.ACTIVE:
        raise NotHoldable(f"{hold.reference} is {hold.status}; there is nothing to release")
    if hold.release_asked_by:
        raise NotHoldable(
            f"{hold.release_asked_by} asked for the release of {hold.reference} before; it waits"
            " for an answer, see vendorops inbox"
        )
    hold.release_asked_by, hold.release_asked_on = books.actor, books.as_of
    hold.release_reason = reason
    books.session.flush()
    if path_for(books, release_question(books, hold)).rule is None:
        books.move(hold, InvoiceHoldStatus.RELEASED, because=reason)
        return True
    books.record("release asked", hold, reason)
    return False


def end_holds(books: Books, dispute_id: int, because: str) -> None:
    """Release the holds that were placed with a dispute that is over."""
    query = select(InvoiceHold).where(
        col(InvoiceHold.dispute_id) == dispute_id,
        col(InvoiceHold.status) == InvoiceHoldStatus.ACTIVE,
    )
    for hold in books.session.exec(query.order_by(col(InvoiceHold.id))).all():
        withdraw(books, hold, because)
        hold.release_asked_by, hold.release_asked_on = books.actor, books.as_of
        hold.release_reason = because
        books.move(hold, InvoiceHoldStatus.RELEASED, because=because)


def release_question(books: Books, hold: InvoiceHold) -> Question:
    """Return what is asked where somebody else than who asks for it must release a hold."""
    invoice = books.get(Invoice, hold.invoice_id)
    contract = books.get(Contract, invoice.contract_id)
    gross = Money(invoice.gross_minor, invoice.currency)
    return Question(
        kind=KIND,
        subject=hold,
        content={
            "hold": hold.reference,
            "invoice": invoice.reference,
            "gross": repr(gross),
            "held_by": hold.held_by,
            "held_because": hold.reason,
            "release_asked_by": hold.release_asked_by or "",
            "release_because": hold.release_reason,
        },
        sentence=f"Let {invoice.reference} over {gross} be settled and paid again? {hold.held_by}"
        f" held it on {hold.held_on}: {hold.reason.rstrip('.')}. {hold.release_asked_by} asks for"
        f" its release: {hold.release_reason}",
        role="finance",
        party_id=books.get(Supplier, invoice.supplier_id).party_id,
        amount=gross,
        program=contract.program,
        place=contract.place,
        not_by=(str(hold.release_asked_by),),
    )


def in_force(day: date | BindParameter[date]) -> ColumnElement[bool]:
    """Return the condition under which a hold stands on a day."""
    until = col(InvoiceHold.until_on)
    return (col(InvoiceHold.status) == InvoiceHoldStatus.ACTIVE) & or_(
        until.is_(None), until > day
    )


def is_held(day: date | BindParameter[date]) -> ColumnElement[bool]:
    """Return the condition under which an invoice is held on a day."""
    mine = select(InvoiceHold.id).where(
        col(InvoiceHold.invoice_id) == col(Invoice.id), in_force(day)
    )
    return exists(mine)


def active_holds(books: Books, invoice_id: int) -> list[InvoiceHold]:
    """Return the holds of an invoice that stand today, oldest first."""
    query = select(InvoiceHold).where(
        col(InvoiceHold.invoice_id) == invoice_id, in_force(books.as_of)
    )
    return list(books.session.exec(query.order_by(col(InvoiceHold.id))))


def any_held(books: Books) -> bool:
    """Tell whether any invoice at all is held today; asked once a transaction."""
    return remembered(books, ("held", books.as_of), lambda: _any_held(books))


def _any_held(books: Books) -> bool:
    query = select(InvoiceHold.id).where(in_force(books.as_of)).limit(1)
    return books.session.exec(query).first() is not None


def held_in(books: Books, settlement_id: int) -> str:
    """Return which invoices of a settlement are held, and why; empty where none is."""
    asked = {"settlement": settlement_id, "today": books.as_of}
    return "; ".join(
        f"{reference} is held by {by} ({hold}): {reason}"
        for reference, by, hold, reason in books.session.execute(_HELD, asked)
    )


def _line(books: Books, invoice: Invoice, number: int) -> int:
    query = select(InvoiceLine.id).where(
        col(InvoiceLine.invoice_id) == invoice.id, col(InvoiceLine.line) == number
    )
    found = books.session.exec(query).one_or_none()
    if found is None:
        raise NotInTheBooks(f"{invoice.reference} has no line {number}; lines count from 1")
    return found


_HELD = (
    sql(
        *(col(Invoice.reference), col(InvoiceHold.held_by)),
        *(col(InvoiceHold.reference), col(InvoiceHold.reason)),
    )
    .join(Invoice, col(Invoice.id) == col(InvoiceHold.invoice_id))
    .where(
        col(InvoiceHold.invoice_id).in_(
            sql(col(InvoiceLine.invoice_id))
            .join(SettlementLine, col(SettlementLine.invoice_line_id) == col(InvoiceLine.id))
            .where(col(SettlementLine.settlement_id) == bindparam("settlement"))
        ),
        in_force(bindparam("today", type_=Date)),
    )
    .order_by(col(InvoiceHold.id))
)
"""Made once: it is asked of every settlement at each of its steps."""
