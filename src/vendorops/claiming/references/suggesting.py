"""Looks for the work that claim lines may mean, among what is open under their contract."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from vendorops.books import Books
from vendorops.claiming.references.open_work import OpenWork
from vendorops.claiming.references.scoring import Known, Likely, Said, likely
from vendorops.tables import (
    Invoice,
    InvoiceLine,
    OrderLine,
    ReferenceCorrection,
    WorkItem,
    WorkOrder,
)

MOST = 3
"""Suggestions for one line, the likeliest first."""


@dataclass(frozen=True)
class Suggestion:
    """Work that a line may mean."""

    line: int
    written: str
    """The reference as the claim gives it."""
    work: str
    score: int
    """Of 100, always below it: certain is only what is written exactly."""
    because: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The suggestion as a person reads it."""
        written = f"names {self.written[:40]!r}" if self.written else "names no work"
        why = "; ".join(self.because)
        return f"line {self.line} {written}: perhaps {self.work} ({self.score} of 100: {why})"


def unresolved(books: Books, invoice: Invoice) -> list[InvoiceLine]:
    """Return the lines of a claim that no work is known for, in their order."""
    corrected = select(col(ReferenceCorrection.invoice_line_id))
    query = (
        select(InvoiceLine)
        .where(
            col(InvoiceLine.invoice_id) == invoice.id,
            col(InvoiceLine.work_item_id).is_(None),
            col(InvoiceLine.id).not_in(corrected),
        )
        .order_by(col(InvoiceLine.line))
    )
    return list(books.session.scalars(query))


class Suggester:
    """Suggests work for the lines of claims; what is open under a contract is read once."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._open: dict[tuple[int, str], OpenWork] = {}

    def of(self, invoice: Invoice) -> list[Suggestion]:
        """Return for each line without known work what it may mean, the likeliest first."""
        lines = [] if invoice.kind == "credit_note" else unresolved(self._books, invoice)
        if not lines:
            return []
        key = invoice.contract_id, invoice.currency
        if key not in self._open:
            self._open[key] = OpenWork(_open_work(self._books, *key))
        named = self._named(invoice)
        return [
            Suggestion(line.line, line.work_reference, one.work.reference, one.score, one.because)
            for line in lines
            for one in self._likeliest(self._open[key], line, named)
        ]

    def _named(self, invoice: Invoice) -> set[int | None]:
        query = select(col(InvoiceLine.work_item_id)).where(
            col(InvoiceLine.invoice_id) == invoice.id
        )
        return set(self._books.session.scalars(query))

    @staticmethod
    def _likeliest(
        known: OpenWork, line: InvoiceLine, named: Collection[int | None]
    ) -> list[Likely]:
        said = Said(line.work_reference, line.description, line.quantity_e4, line.price_e6)
        found = [
            one
            for one in (likely(said, work) for work in known.worth_a_look(said))
            if one and one.work.id not in named
        ]
        return sorted(found, key=lambda one: (-one.score, one.work.reference))[:MOST]


def _open_work(books: Books, contract_id: int, currency: str) -> list[Known]:
    """Return the work under a contract that is not claimed in full."""
    query = (
        select(
            col(WorkItem.id),
            col(WorkItem.reference),
            col(WorkOrder.reference),
            col(WorkItem.description),
            col(WorkItem.quantity_e4) - col(WorkItem.claimed_e4),
            col(WorkItem.price_e6),
        )
        .outerjoin(OrderLine, col(OrderLine.id) == col(WorkItem.order_line_id))
        .outerjoin(WorkOrder, col(WorkOrder.id) == col(OrderLine.work_order_id))
        .where(
            col(WorkItem.contract_id) == contract_id,
            col(WorkItem.currency) == currency,
            col(WorkItem.claimed_e4) < col(WorkItem.quantity_e4),
        )
        .order_by(col(WorkItem.id))
    )
    rows = books.session.execute(query)
    return [
        Known(ident, reference, order or "", text, left, price)
        for ident, reference, order, text, left, price in rows
    ]
