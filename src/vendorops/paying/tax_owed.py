"""Tax that was kept back: what of a return is still to be paid over, and that it was."""

from sqlalchemy import ColumnElement, exists
from sqlmodel import col, select

from vendorops.books import AccountName, Books
from vendorops.domain.lifecycle import PaymentStatus, WithholdingStatus
from vendorops.domain.money import Money
from vendorops.paying.declaring import IN_FORCE
from vendorops.tables import Filing, FilingLine, Payment, Withholding

NOT_SENT = (PaymentStatus.PLANNED, PaymentStatus.APPROVED)
"""States of a payment of tax that is owed still; once it is sent, the tax is remitted."""


def is_owed() -> ColumnElement[bool]:
    """Return the condition under which tax was declared, and nobody has paid it over."""
    return (col(Withholding.status) == WithholdingStatus.FILED) & col(Withholding.payment_id).is_(
        None
    )


def tax_owed(books: Books, filing: Filing) -> Money:
    """Return what a return that was handed in declares and nobody has paid over.

    What an earlier version declared and was paid by it is not owed once more.
    """
    return Money(sum(row.amount_minor for row in _owed(books, filing)), filing.currency)


def _owed(books: Books, filing: Filing) -> list[Withholding]:
    query = (
        select(Withholding)
        .join(FilingLine, col(FilingLine.withholding_id) == col(Withholding.id))
        .where(col(FilingLine.filing_id) == filing.id, is_owed())
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
    """Take `mark_remitted` back: the money came back, or never went.

    What no return in force declares any more, as the office rejected it, has to be declared anew.
    """
    declares = (
        select(FilingLine.id)
        .join(Filing, col(Filing.id) == col(FilingLine.filing_id))
        .where(
            col(FilingLine.withholding_id) == col(Withholding.id), col(Filing.status).in_(IN_FORCE)
        )
    )
    query = select(Withholding, exists(declares)).where(col(Withholding.payment_id) == payment.id)
    because = f"{payment.reference} is {payment.status}"
    for row, declared in books.session.exec(query.order_by(col(Withholding.id))).all():
        row.payment_id = None
        books.move(row, WithholdingStatus.FILED, because=because)
        if not declared:
            books.move(row, WithholdingStatus.BOOKED, because="no return in force declares it")
