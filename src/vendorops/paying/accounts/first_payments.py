"""The first payment to an account: alone in its file, capped, and let go by hand."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.bank_policy import POLICY
from vendorops.domain.lifecycle import PaymentStatus
from vendorops.domain.money import Money
from vendorops.paying.accounts.cooling import still_cooling
from vendorops.paying.accounts.pausing import shared
from vendorops.paying.accounts.proof import unapproved
from vendorops.tables import BankAccount, Payment, PaymentBatch

UNDERWAY = (PaymentStatus.PLANNED, PaymentStatus.APPROVED)


def is_tried(account: BankAccount) -> bool:
    """Tell whether money went to an account before."""
    return account.first_paid_on is not None


def on_trial(books: Books, account: BankAccount) -> str:
    """Return which first payment to an account is under way; empty where none is."""
    query = select(Payment.reference).where(
        col(Payment.bank_account_id) == account.id, col(Payment.status).in_(UNDERWAY)
    )
    return books.session.exec(query).first() or ""


def untried(books: Books, batch: PaymentBatch) -> list[BankAccount]:
    """Return the accounts of a batch to which no money went before."""
    query = (
        select(BankAccount)
        .join(Payment, col(Payment.bank_account_id) == col(BankAccount.id))
        .where(col(Payment.batch_id) == batch.id)
        .order_by(col(BankAccount.id))
    )
    return [account for account in books.session.exec(query) if not is_tried(account)]


def first_obstacle(books: Books, batch: PaymentBatch, account: BankAccount) -> str:
    """Return why the first payment to an account may not go; empty where it may, or is none."""
    if is_tried(account):
        return ""
    if batch.count != 1:
        return (
            f"E_BANK_FIRST_ALONE: the first payment to {account.reference} needs a file of its own"
        )
    return unapproved(books, account) or shared(books, account) or still_cooling(books, account)


def above_cap(account: BankAccount, batch: PaymentBatch) -> bool:
    """Tell whether a first payment is above what one person lets go."""
    policy = POLICY.on(account.approved_on or batch.created_on)
    return batch.control_sum_minor > policy.cap(batch.currency)


def cap_told(account: BankAccount, batch: PaymentBatch) -> str:
    """Return the cap of a first payment, and what it rests on, as people read it."""
    policy = POLICY.on(account.approved_on or batch.created_on)
    return f"{Money(policy.cap(batch.currency), batch.currency)} ({policy.cite})"
