"""Which work claim lines mean whose reference nobody knows, chosen by who decides the claim."""

from collections.abc import Mapping

from sqlmodel import col, select

from vendorops.books.answers._given import Given
from vendorops.books.unit import Books
from vendorops.domain.lifecycle import DecisionStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import Decision, Invoice, InvoiceLine, ReferenceCorrection, WorkItem

KEY = "work."
"""`work.2=WRK-2026-000123`: line 2 means that work."""


class NotThatWork(Refused):
    """A line cannot mean the work that was chosen for it."""


def checked(books: Books, decision: Decision, given: Given) -> Mapping[str, object]:
    """Return the work chosen by line; refuse what cannot be meant, and who accepted it."""
    chosen = {name: given.text(name) for name in given.detail if name.startswith(KEY)}
    unasked = sorted(set(given.detail) - set(chosen))
    if unasked:
        raise NotThatWork(
            f"{decision.reference} does not ask for {', '.join(unasked)}; choose work for lines "
            f"with {KEY}LINE=REFERENCE"
        )
    if chosen and not given.approves:
        raise NotThatWork(f"{decision.reference}: a claim that is rejected means no work")
    invoice = books.get(Invoice, decision.subject_id)
    kept = {name.removeprefix(KEY): reference for name, reference in sorted(chosen.items())}
    for line, reference in kept.items():
        _refuse_line(books, invoice, line)
        _refuse_work(books, invoice, reference)
    return {"work": kept} if kept else {}


def _refuse_line(books: Books, invoice: Invoice, line: str) -> None:
    """Refuse a line that is not there, or whose work is known."""
    query = select(InvoiceLine).where(col(InvoiceLine.invoice_id) == invoice.id)
    rows = {str(row.line): row for row in books.session.exec(query)}
    if line not in rows:
        raise NotThatWork(f"{invoice.reference} has no line {line[:20]!r}; they count from 1")
    corrected = select(ReferenceCorrection.id).where(
        col(ReferenceCorrection.invoice_line_id) == rows[line].id
    )
    if rows[line].work_item_id or books.session.exec(corrected).first():
        raise NotThatWork(f"the work of {invoice.reference} line {line} is known; leave it out")


def _refuse_work(books: Books, invoice: Invoice, reference: str) -> None:
    """Refuse work of another contract, and work that whoever answers accepted himself."""
    query = select(WorkItem).where(
        col(WorkItem.reference) == reference, col(WorkItem.contract_id) == invoice.contract_id
    )
    work = books.session.exec(query).one_or_none()
    if work is None:
        raise NotThatWork(f"the contract of {invoice.reference} has no work {reference[:40]!r}")
    accepted = select(Decision.id).where(
        col(Decision.subject_table) == "servicesheet",
        col(Decision.subject_id) == work.service_sheet_id,
        col(Decision.status) == DecisionStatus.ANSWERED,
        (col(Decision.answered_by) == books.actor) | (col(Decision.on_behalf_of) == books.actor),
    )
    if books.session.exec(accepted).first():
        raise NotThatWork(
            f"{books.actor} accepted {reference}; somebody else says that a claim means it"
        )
