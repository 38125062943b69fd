"""Tax that was kept back: what of a return is still to be paid over, and that it was."""

from sqlmodel import col, select

from vendorops.books import AccountName, Books
from vendorops.domain.lifecycle import WithholdingStatus
from vendorops.domain.money import Money
from vendorops.tables import Filing, Payment, Withholding


def tax_owed(books: Books, filing: Filing) -> Money:
    """Return what a return that was handed in declares and nobody has paid over."""
    return Money(sum(row.amount_minor for row in _owed(books, filing)), filing.currency)


def _owed(books: Books, filing: Filing) -> list[Withholding]:
    query = select(Withholding).where(
        col(Withholding.filing_id) == filing.id,
        col(Withholding.status) == WithholdingStatus.FILED,
    )
    return list(books.session.exec(query.order_by(col(Withholding.id))))


def withheld_tax(filing: Filing) -> AccountName:
    """Return the ledger account on which the tax of a return stands until it is paid over."""
    return AccountName(f"withheld-tax/{filing.place}", "liability", floor_minor=0)


def mark_remitted(books: Books, filing: Filing, payment: Payment) -> None:
    """Move every withholding of a return that a payment pays over."""
    for row in _owed(books, filing):
        row.payment_id = payment.id
        because = f"{payment.reference} pays {filing.reference}"
        books.move(row, WithholdingStatus.REMITTED, because=because)


def mark_owed_to_office(books: Books, payment: Payment) -> None:
    """Take `mark_remitted` back: the money came back, or never went."""
    query = select(Withholding).where(col(Withholding.payment_id) == payment.id)
    for row in books.session.exec(query.order_by(col(Withholding.id))).all():
        row.payment_id = None
        because = f"{payment.reference} is {payment.status}"
        books.move(row, WithholdingStatus.FILED, because=because)
