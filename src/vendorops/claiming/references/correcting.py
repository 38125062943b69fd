"""Keeps what people said that claim lines mean, with who said so and why."""

import json
from collections.abc import Mapping

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from vendorops.books import Books
from vendorops.tables import Decision, Invoice, InvoiceLine, ReferenceCorrection, WorkItem


def correct_references(books: Books, invoice: Invoice, decision: Decision) -> int:
    """Enter the references that an answer chose for lines of a claim; return how many."""
    chosen: Mapping[str, str] = json.loads(decision.detail).get("work", {})
    for line, reference in sorted(chosen.items()):
        row = books.session.exec(
            select(InvoiceLine).where(
                col(InvoiceLine.invoice_id) == invoice.id, col(InvoiceLine.line) == int(line)
            )
        ).one()
        books.enter(
            ReferenceCorrection(
                id=books.key(),
                invoice_line_id=row.id,
                work_item_id=books.named(WorkItem, reference).id,
                decision_id=decision.id,
                corrected_by=str(decision.answered_by),
                reason=decision.reason,
                corrected_on=books.as_of,
            ),
            because=f"{invoice.reference} line {line} means {reference}: {decision.reference}",
        )
    return len(chosen)


def corrections(books: Books, lines: SelectOfScalar[int]) -> dict[int, ReferenceCorrection]:
    """Return what people said that lines mean, by their keys."""
    query = select(ReferenceCorrection).where(col(ReferenceCorrection.invoice_line_id).in_(lines))
    return {row.invoice_line_id: row for row in books.session.exec(query)}
