"""What of a claim can be disputed: findings that nobody pays yet, and what was matched."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func
from sqlmodel import col, select

from vendorops.books import Books, NotInTheBooks
from vendorops.claiming.undecided import DECIDED, UNDECIDED
from vendorops.domain.lifecycle import SettlementStatus
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.tables import (
    Allocation,
    Difference,
    Dispute,
    Invoice,
    InvoiceLine,
    LineAdjustment,
    Settlement,
    SettlementLine,
)
from vendorops.working.claiming import explained_by

COUNTED = (*UNDECIDED, *DECIDED)
"""What was withdrawn or lapsed can be disputed again."""


class NotDisputable(Refused):
    """Nothing of that kind can be disputed of the claim."""


@dataclass(frozen=True)
class Stake:
    """What a dispute can be about, and how much of it no other dispute has."""

    line: InvoiceLine | None
    finding: Difference | None
    left: Money


def line_of(books: Books, invoice: Invoice, number: int) -> InvoiceLine:
    """Return a line by its position, counted from one."""
    query = select(InvoiceLine).where(
        col(InvoiceLine.invoice_id) == invoice.id, col(InvoiceLine.line) == number
    )
    found = books.session.exec(query).one_or_none()
    if found is None:
        raise NotInTheBooks(f"{invoice.reference} has no line {number}; lines count from 1")
    return found


def finding_stake(books: Books, invoice: Invoice, number: int | None, reason: str) -> Stake:
    """Return what the newest match disputes of a claim for a reason, on a line where one is named.

    Raises NotDisputable where it found no such thing, or finds it on several lines.
    """
    found = [
        (line, row)
        for line, row in _findings(books, invoice)
        if row.reason == reason and number in (None, line.line)
    ]
    if len(found) != 1:
        known = sorted({f"{line.line}: {row.reason}" for line, row in _findings(books, invoice)})
        many = "on several lines; name one with --line" if found else "there is no such finding"
        raise NotDisputable(
            f"{invoice.reference}, {reason}: {many}; by line the match disputes "
            f"{', '.join(known) or 'nothing'}"
        )
    line, row = found[0]
    taken = _disputed(books, col(Dispute.difference_id) == row.id)
    return Stake(line, row, Money(row.amount_minor - taken, invoice.currency))


def matched_stake(books: Books, invoice: Invoice, number: int | None) -> Stake:
    """Return what of a claim, or of one of its lines, was matched and is paid unless credited."""
    line = line_of(books, invoice, number) if number is not None else None
    lines = select(InvoiceLine.id).where(
        col(InvoiceLine.id) == line.id if line else col(InvoiceLine.invoice_id) == invoice.id
    )
    newest = explained_by(books, invoice)
    matched = select(func.coalesce(func.sum(Allocation.amount_minor), 0)).where(
        col(Allocation.invoice_line_id).in_(lines), col(Allocation.reconciliation_id) == newest
    )
    tolerated = select(func.coalesce(func.sum(Difference.amount_minor), 0)).where(
        col(Difference.invoice_line_id).in_(lines),
        col(Difference.reconciliation_id) == newest,
        col(Difference.treatment) == "tolerated",
    )
    whole = int(books.session.exec(matched).one()) + int(books.session.exec(tolerated).one())
    about = col(Dispute.invoice_id) == invoice.id
    if line:
        about &= col(Dispute.invoice_line_id).is_(None) | (col(Dispute.invoice_line_id) == line.id)
    taken = _disputed(books, about & col(Dispute.difference_id).is_(None))
    return Stake(line, None, Money(whole - taken, invoice.currency))


def is_current(books: Books, dispute: Dispute) -> bool:
    """Tell whether the newest match still says what a dispute is about."""
    if dispute.difference_id is None:
        return True
    finding = books.get(Difference, dispute.difference_id)
    invoice = books.get(Invoice, dispute.invoice_id)
    return finding.reconciliation_id == explained_by(books, invoice)


def settled_by(books: Books, invoice: Invoice) -> str:
    """Return the reference of the settlement that holds a claim; empty where none does."""
    query = (
        select(Settlement.reference)
        .join(SettlementLine, col(SettlementLine.settlement_id) == col(Settlement.id))
        .join(InvoiceLine, col(InvoiceLine.id) == col(SettlementLine.invoice_line_id))
        .where(
            col(InvoiceLine.invoice_id) == invoice.id,
            col(Settlement.status) != SettlementStatus.REJECTED,
        )
    )
    return books.session.exec(query).first() or ""


def everything_is_paid(books: Books, invoice: Invoice) -> bool:
    """Tell whether disputes came to it that every disputed amount of a claim is paid."""
    newest = explained_by(books, invoice)
    adjusted = (
        select(func.coalesce(func.sum(LineAdjustment.amount_minor), 0))
        .where(col(LineAdjustment.difference_id) == col(Difference.id))
        .scalar_subquery()
    )
    left = exists().where(
        col(Difference.invoice_line_id) == col(InvoiceLine.id),
        col(InvoiceLine.invoice_id) == invoice.id,
        col(Difference.reconciliation_id) == newest,
        col(Difference.treatment) == "disputed",
        adjusted != col(Difference.amount_minor),
    )
    return not books.session.exec(select(left)).one()


def _findings(books: Books, invoice: Invoice) -> list[tuple[InvoiceLine, Difference]]:
    query = (
        select(InvoiceLine, Difference)
        .join(Difference, col(Difference.invoice_line_id) == col(InvoiceLine.id))
        .where(
            col(InvoiceLine.invoice_id) == invoice.id,
            col(Difference.reconciliation_id) == explained_by(books, invoice),
            col(Difference.treatment) == "disputed",
        )
        .order_by(col(InvoiceLine.line), col(Difference.reason))
    )
    return list(books.session.exec(query))


def _disputed(books: Books, about: ColumnElement[bool]) -> int:
    query = select(func.coalesce(func.sum(Dispute.amount_minor), 0)).where(
        about, col(Dispute.status).in_(COUNTED)
    )
    return int(books.session.exec(query).one())
