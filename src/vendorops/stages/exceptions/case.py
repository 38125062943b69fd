"""What is known of a claim under query: its disputed amounts, and what is payable without them."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.questions import those_who_answered
from vendorops.tables import (
    Allocation,
    Decision,
    Difference,
    Invoice,
    InvoiceLine,
    Reconciliation,
    ReferenceCorrection,
    WorkItem,
)
from vendorops.working.claiming import explained_by


@dataclass(frozen=True)
class Disputed:
    """One amount of one line that accepted work does not stand for."""

    line: int
    number: str
    work: str
    reason: str
    amount_minor: int


@dataclass(frozen=True)
class Case:
    """A claim as the person deciding it sees it."""

    reconciliation: str
    """A month that is explained once more is another question."""
    disputed: tuple[Disputed, ...]
    allocated_minor: int
    tolerated_minor: int

    @property
    def payable_minor(self) -> int:
        """What is paid when the person approves."""
        return self.allocated_minor + self.tolerated_minor

    def content(self, invoice: Invoice) -> dict[str, object]:
        """Return what the answer is bound to."""
        return {
            "invoice": invoice.reference,
            "reconciliation": self.reconciliation,
            "number": invoice.number,
            "month": invoice.month,
            "currency": invoice.currency,
            "net_minor": invoice.net_minor,
            "allocated_minor": self.allocated_minor,
            "tolerated_minor": self.tolerated_minor,
            "disputed": [vars(line) for line in self.disputed],
        }


def case(books: Books, invoice: Invoice) -> Case:
    """Collect what the newest reconciliation found out about a claim."""
    newest = explained_by(books, invoice)
    query = (
        select(InvoiceLine, Difference)
        .join(Difference, col(Difference.invoice_line_id) == col(InvoiceLine.id))
        .where(
            col(InvoiceLine.invoice_id) == invoice.id,
            col(Difference.reconciliation_id) == newest,
        )
        .order_by(col(InvoiceLine.line), col(Difference.reason))
    )
    found = books.session.exec(query).all()
    allocated = (
        select(func.coalesce(func.sum(Allocation.amount_minor), 0))
        .join(InvoiceLine, col(InvoiceLine.id) == col(Allocation.invoice_line_id))
        .where(
            col(InvoiceLine.invoice_id) == invoice.id, col(Allocation.reconciliation_id) == newest
        )
    )
    return Case(
        books.get(Reconciliation, newest).reference if newest else "",
        tuple(
            Disputed(line.line, line.number, line.work_reference, row.reason, row.amount_minor)
            for line, row in found
            if row.treatment == "disputed"
        ),
        allocated_minor=int(books.session.exec(allocated).one()),
        tolerated_minor=sum(row.amount_minor for _, row in found if row.treatment == "tolerated"),
    )


def acceptors(books: Books, invoice: Invoice) -> tuple[str, ...]:
    """Return who accepted the work that is claimed: they may not also decide the claim."""
    lines = select(InvoiceLine.id).where(col(InvoiceLine.invoice_id) == invoice.id)
    named = select(InvoiceLine.work_item_id).where(col(InvoiceLine.invoice_id) == invoice.id)
    meant = select(ReferenceCorrection.work_item_id).where(
        col(ReferenceCorrection.invoice_line_id).in_(lines)
    )
    allocated = select(Allocation.work_item_id).where(col(Allocation.invoice_line_id).in_(lines))
    known = col(WorkItem.id)
    sheets = select(WorkItem.service_sheet_id).where(
        known.in_(named) | known.in_(meant) | known.in_(allocated)
    )
    about = (col(Decision.subject_table) == "servicesheet", col(Decision.subject_id).in_(sheets))
    return tuple(sorted(those_who_answered(books, *about)))
