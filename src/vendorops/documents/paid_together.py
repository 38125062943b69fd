"""Shows the payments of a file as approvals are bound to them, however many there are."""

from sqlalchemy import select
from sqlmodel import col

from vendorops.books import Books
from vendorops.tables import BankAccount, Payment, PaymentBatch, Settlement, Supplier


def paid_together(books: Books, batch: PaymentBatch) -> list[dict[str, object]]:
    """Return the payments of a batch of settlements by one query; none where it has others."""
    query = (
        select(
            col(Payment.end_to_end_id),
            col(BankAccount.number_masked),
            col(BankAccount.reference),
            col(Payment.amount_minor),
            col(Supplier.reference),
            col(Settlement.reference),
            col(Payment.settlement_sha256),
        )
        .join(Settlement, col(Settlement.id) == col(Payment.settlement_id))
        .join(Supplier, col(Supplier.id) == col(Settlement.supplier_id))
        .join(BankAccount, col(BankAccount.id) == col(Payment.bank_account_id))
        .where(col(Payment.batch_id) == batch.id)
        .order_by(col(Payment.reference))
    )
    names = ("end_to_end_id", "account", "account_reference", "amount_minor", "payee")
    named = (*names, "settlement", "settlement_sha256")
    books.session.flush()
    rows = books.session.connection().execute(query).all()
    if len(rows) != batch.count:
        return []
    return [dict(zip(named, row, strict=True)) for row in rows]
