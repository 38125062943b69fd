"""What files sent outside rest on: payments of a batch, and taxes declared in a return."""

from collections.abc import Iterator

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.part_returns import paid_by
from vendorops.documents.statements import payments_of
from vendorops.domain.money import Money
from vendorops.tables import (
    Filing,
    FilingLine,
    FilingReceipt,
    LegalEntity,
    Payment,
    PaymentBatch,
    Settlement,
    Withholding,
)
from vendorops.tracing.decisions import trace_decisions
from vendorops.tracing.tree import Node


def trace_batch(books: Books, reference: str) -> Node:
    """Return a payment file with its payments; each of them unfolds further by its reference."""
    batch = books.named(PaymentBatch, reference)
    facts = {
        "message_id": batch.message_id,
        "format": batch.format,
        "executed_on": batch.execution_day.isoformat(),
        "planned_by": batch.planned_by,
        "released_by": batch.released_by or "",
        "status": batch.status,
        "file_sha256": batch.file_sha256,
    }
    amount = Money(batch.control_sum_minor, batch.currency)
    parts = (
        *trace_decisions(books, batch),
        *(_payment(books, row) for row in payments_of(books, batch)),
    )
    return Node("payment file", reference, amount, facts, parts=parts)


def _payment(books: Books, row: Payment) -> Node:
    if row.filing_id is None:
        settlement, part = paid_by(books, row)
        of = {"settlement": settlement.reference}
        of |= {"pays_anew": part.reference} if part else {}
    else:
        of = {"return": books.get(Filing, row.filing_id).reference}
    facts = {**of, "status": row.status}
    return Node("payment", row.reference, Money(row.amount_minor, row.currency), facts).sharing()


def trace_filing(books: Books, reference: str) -> Node:
    """Return a version of a tax return with every withholding that it declares."""
    filing = books.named(Filing, reference)
    query = (
        select(Withholding, Settlement.reference)
        .join(FilingLine, col(FilingLine.withholding_id) == col(Withholding.id))
        .join(Settlement, col(Settlement.id) == col(Withholding.settlement_id))
        .where(col(FilingLine.filing_id) == filing.id)
    )
    rows = books.session.exec(query.order_by(col(Withholding.id)))
    declared = tuple(
        Node(
            "withholding",
            row.tax,
            Money(row.amount_minor, row.currency),
            {"settlement": settlement, "income": Money(row.income_minor, row.currency)},
        ).sharing()
        for row, settlement in rows
    )
    facts = {
        "legal_entity": books.get(LegalEntity, filing.legal_entity_id).code,
        "form": filing.form,
        "month": filing.month,
        "version": filing.version,
        "amends": books.get(Filing, filing.amends_id).reference if filing.amends_id else "",
        "due_on": filing.due_on.isoformat(),
        "prepared_by": filing.prepared_by,
        "checked_by": filing.checked_by or "",
        "approved_by": filing.approved_by or "",
        "status": filing.status,
        "file_sha256": filing.file_sha256,
    }
    amount = Money(filing.total_minor, filing.currency)
    parts = (*trace_decisions(books, filing), *_receipts(books, filing), *declared)
    return Node("tax return", reference, amount, facts, parts=parts)


def _receipts(books: Books, filing: Filing) -> Iterator[Node]:
    """Yield what was recorded of a version once it had left the house."""
    query = select(FilingReceipt).where(col(FilingReceipt.filing_id) == filing.id)
    for row in books.session.exec(query.order_by(col(FilingReceipt.id))):
        facts = {
            "number": row.number,
            "on": row.on_day.isoformat(),
            "words": row.words,
            "recorded_by": row.recorded_by,
            "evidence_sha256": row.sha256 or "",
        }
        yield Node("receipt", f"{filing.reference} {row.event}", facts=facts)
