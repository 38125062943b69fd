"""Takes a run from the approver's desk into the ledger, all of it in one transaction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select as sql
from sqlalchemy import update
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.blocks import move_block
from vendorops.books.questions import OPEN, answered, take_effect
from vendorops.books.withdrawing import withdraw
from vendorops.domain.first_few import first_few_are
from vendorops.domain.lifecycle import SettlementStatus, WithholdingStatus
from vendorops.domain.refusal import Refused
from vendorops.paying.holding import any_held, in_force
from vendorops.paying.overtaken import is_overtaken
from vendorops.paying.payment_day import payment_day
from vendorops.paying.run_kinds import first_of_each_kind
from vendorops.stages.settlement_runs.asking import question
from vendorops.stages.settlement_runs.block import mine, settlements, withholdings
from vendorops.stages.settlement_runs.booking import book
from vendorops.tables import (
    Contract,
    Decision,
    Invoice,
    InvoiceHold,
    InvoiceLine,
    LegalEntity,
    Settlement,
    SettlementLine,
    SettlementRun,
    Withholding,
)

CALCULATED, APPROVED = SettlementStatus.CALCULATED, SettlementStatus.APPROVED
SEALED, REJECTED = SettlementStatus.SEALED, SettlementStatus.REJECTED
NAMED = 5
"""Offenders that a refusal names; the others are counted."""


class CapExceeded(Refused):
    """A contract of the run does not allow for so much any more."""


def go_on(books: Books, run: SettlementRun) -> bool:
    """Have a run approved, then book it; False while it waits for the approver.

    One that was overtaken is rejected, and calculated anew; a no holds, whatever came after it.

    Approved, it waits while an invoice in it is held. Raises CapExceeded.
    """
    asked = _is_open(books, run)
    if run.as_of == books.as_of and asked:
        return False  # What was calculated and asked today is as it was.
    decision = answered(books, question(books, run))
    if decision and decision.answer == "reject":
        take_effect(books, decision)
        _reject(books, run, _by(decision))
        return True
    put_today = decision is None and run.as_of == books.as_of
    if not put_today and _overtaken(books, run):
        _reject(books, run, "the day of payment or its law changed: once more")
        return True
    if decision is None:
        return not asked  # Asked just now, which a refusal of another run may not undo.
    if _held(books, run):
        return False
    take_effect(books, decision)
    _seal(books, run, _by(decision))
    return True


def _by(decision: Decision) -> str:
    return f"{decision.reference} by {decision.answered_by}"


def held(books: Books, underway: Sequence[SettlementRun]) -> list[str]:
    """Return which approved runs wait because an invoice in them is held, and what to do."""
    waiting = {run.reference: _held(books, run) for run in underway if not _is_open(books, run)}
    return [
        f"{name} waits: {first_few_are(invoices, NAMED)} held; release with vendorops "
        "invoice release, or have "
        "the yes corrected (vendorops decide --correct), and the others are settled without"
        for name, invoices in waiting.items()
        if invoices
    ]


def _is_open(books: Books, run: SettlementRun) -> bool:
    """Tell whether somebody was asked and has not answered yet."""
    query = select(Decision.id).where(
        col(Decision.subject_table) == "settlementrun",
        col(Decision.subject_id) == run.id,
        col(Decision.status).in_(OPEN),
    )
    return books.session.exec(query).first() is not None


def _held(books: Books, run: SettlementRun) -> list[str]:
    """Return the invoices of a run that somebody keeps from being settled."""
    if not any_held(books):
        return []
    query = (
        select(Invoice.reference)
        .join(InvoiceHold, col(InvoiceHold.invoice_id) == col(Invoice.id))
        .join(InvoiceLine, col(InvoiceLine.invoice_id) == col(Invoice.id))
        .join(SettlementLine, col(SettlementLine.invoice_line_id) == col(InvoiceLine.id))
        .where(in_force(books.as_of), mine(books, run, col(SettlementLine.settlement_id)))
    )
    return list(books.session.exec(query.distinct().order_by(col(Invoice.reference))))


def _overtaken(books: Books, run: SettlementRun) -> bool:
    """Tell whether tax would be kept back otherwise if it were calculated today.

    The earlier income of these payees is sealed, so only the day and the law can have changed; of
    the law each row of the run says the same, but for what its kind of payee rests on.
    """
    entity = books.get(LegalEntity, run.legal_entity_id)
    here = mine(books, run, col(Settlement.id))
    asked: Any = sql(col(Settlement.due_on)).where(here).distinct()
    days = books.session.connection().execute(asked).scalars()
    if {payment_day(books, entity, day) for day in days} != {run.payment_day}:
        return True
    firsts = first_of_each_kind(books, settlements(books, run))
    return any(is_overtaken(books, each) for each in firsts)


def _reject(books: Books, run: SettlementRun, because: str) -> None:
    books.move(run, REJECTED, because=because)
    told = f"{run.reference} is rejected"
    move_block(books, Settlement, settlements(books, run), (CALCULATED, REJECTED), told)
    cancelled = (WithholdingStatus.COMPUTED, WithholdingStatus.CANCELLED)
    move_block(books, Withholding, withholdings(books, run), cancelled, told)
    withdraw(books, run, told)


def _seal(books: Books, run: SettlementRun, because: str) -> None:
    _commit(books, run)
    books.move(run, APPROVED, because=because)
    sealed = books.move(run, SEALED, because="approved, within the caps")
    told = f"{run.reference} is sealed"
    path = (CALCULATED, APPROVED, SEALED)
    move_block(books, Settlement, settlements(books, run), path, told)
    booked = (WithholdingStatus.COMPUTED, WithholdingStatus.BOOKED)
    move_block(books, Withholding, withholdings(books, run), booked, told)
    book(books, run, sealed)


def _commit(books: Books, run: SettlementRun) -> None:
    """Take the net amounts of the caps in one statement, so that two runs cannot both fit in."""
    taken = col(Contract.committed_minor) + col(Settlement.net_minor)
    change = (
        update(Contract)
        .where(
            col(Settlement.contract_id) == col(Contract.id),
            mine(books, run, col(Settlement.id)),
            taken <= col(Contract.cap_minor),
        )
        .values(committed_minor=taken)
        .execution_options(synchronize_session=False)
    )
    found: Any = books.session.execute(change)
    if found.rowcount != run.count:
        raise CapExceeded(
            f"{run.reference} would take {run.count - found.rowcount} contracts beyond their caps,"
            " which other settlements took since; have the yes corrected (vendorops decide "
            "--correct), and it is calculated anew without them"
        )
