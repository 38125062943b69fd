"""What is known of a claim under query: its disputed amounts, and what is payable without them."""

from dataclasses import dataclass

from sqlalchemy import func, text
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.questions import those_who_answered
from vendorops.tables import (
    Allocation,
    Decision,
    Difference,
    Invoice,
    InvoiceLine,
    WorkItem,
)

RELEASE = text(
    """
    UPDATE workitem SET claimed_e4 = claimed_e4 - released.quantity
    FROM (
      SELECT a.work_item_id, CAST(SUM(a.quantity_e4) AS BIGINT) AS quantity
      FROM allocation AS a JOIN invoiceline AS l ON l.id = a.invoice_line_id
      WHERE l.invoice_id = :invoice_id
      GROUP BY a.work_item_id
    ) AS released
    WHERE workitem.id = released.work_item_id
    """
)


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
            "number": invoice.number,
            "month": invoice.month,
            "currency": invoice.currency,
            "net_minor": invoice.net_minor,
            "allocated_minor": self.allocated_minor,
            "tolerated_minor": self.tolerated_minor,
            "disputed": [vars(line) for line in self.disputed],
        }


def case(books: Books, invoice: Invoice) -> Case:
    """Collect what the reconciliation found out about a claim."""
    query = (
        select(InvoiceLine, Difference)
        .join(Difference, col(Difference.invoice_line_id) == col(InvoiceLine.id))
        .where(col(InvoiceLine.invoice_id) == invoice.id)
        .order_by(col(InvoiceLine.line), col(Difference.reason))
    )
    found = books.session.exec(query).all()
    allocated = (
        select(func.coalesce(func.sum(Allocation.amount_minor), 0))
        .join(InvoiceLine, col(InvoiceLine.id) == col(Allocation.invoice_line_id))
        .where(col(InvoiceLine.invoice_id) == invoice.id)
    )
    return Case(
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
    sheets = (
        select(WorkItem.service_sheet_id)
        .join(InvoiceLine, col(InvoiceLine.work_item_id) == col(WorkItem.id))
        .where(col(InvoiceLine.invoice_id) == invoice.id)
    )
    about = (col(Decision.subject_table) == "servicesheet", col(Decision.subject_id).in_(sheets))
    return tuple(sorted(those_who_answered(books, *about)))


def release(books: Books, invoice: Invoice) -> None:
    """Let the work of a rejected claim be claimed again; what was allocated stays as history."""
    books.session.flush()
    books.session.connection().execute(RELEASE, {"invoice_id": invoice.id})
