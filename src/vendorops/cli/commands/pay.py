"""Plan the payment file of a month, release it once it is approved, and lay it out."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.part_returns import paid_by
from vendorops.cli.laid_out import laid_out
from vendorops.cli.monthly import Section, amount, month_command, summary
from vendorops.cli.waiting import waits_for
from vendorops.documents.statements import payments_of
from vendorops.domain.lifecycle import PaymentStatus
from vendorops.tables import BankAccount, Filing, Payment, PaymentBatch, Supplier

FLOWS = ("payment", "remittance", "release", "delivery")


def _listing(books: Books) -> Iterator[Section]:
    query = select(PaymentBatch).where(col(PaymentBatch.month) == books.month.label)
    batches = books.session.exec(query.order_by(col(PaymentBatch.reference))).all()
    payments = [
        _payment(books, batch, row) for batch in batches for row in payments_of(books, batch)
    ]
    yield Section("Payment files", "batch", [_batch(books, batch) for batch in batches])
    yield Section("Payments", "payment", payments)
    going = [row for row in payments if row["status"] != PaymentStatus.CANCELLED]
    yield summary(going, books.month.label, "payments", ("amount",))


def _batch(books: Books, batch: PaymentBatch) -> dict[str, Any]:
    return {
        "batch": batch.reference,
        "payments": batch.count,
        "sum": amount(batch.control_sum_minor, batch.currency),
        "execution_day": batch.execution_day,
        "file": laid_out(books, batch.file_sha256),
        "status": batch.status,
        **waits_for(books, batch),
    }


def _payment(books: Books, batch: PaymentBatch, row: Payment) -> dict[str, Any]:
    account = books.get(BankAccount, row.bank_account_id)
    first = account.first_paid_on in (None, batch.execution_day)
    return {
        "payment": row.reference,
        "batch": batch.reference,
        **_paid_for(books, row),
        "account": account.number_masked,
        "first": "first to this account" if first else None,
        "amount": amount(row.amount_minor, row.currency),
        "status": row.status,
    }


def _paid_for(books: Books, row: Payment) -> dict[str, Any]:
    if row.filing_id is not None:
        filing = books.get(Filing, row.filing_id)
        return {"settlement": None, "supplier": None, "return": filing.reference}
    settlement, part = paid_by(books, row)
    supplier = books.get(Supplier, settlement.supplier_id)
    told = {"settlement": settlement.reference, "supplier": supplier.reference}
    return told | ({"pays_anew": part.reference} if part else {})


command = month_command(
    "Plan the payment file of a month, release it once approved, lay it out.", FLOWS, _listing
)
