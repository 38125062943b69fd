"""Money that came back, or was refused: paid to the same account again only if finance says so."""

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from vendorops.books import Books, Question, decided
from vendorops.domain.lifecycle import PaymentStatus
from vendorops.domain.money import Money
from vendorops.tables import (
    BankAccount,
    BankEntry,
    BankMatch,
    Decision,
    Party,
    Payment,
    PaymentBatch,
)

UNPAID = (PaymentStatus.REJECTED, PaymentStatus.RETURNED)
"""The payee has nothing of these."""
ENDED = (*UNPAID, PaymentStatus.CANCELLED)
"""States of a payment that pays nothing any more."""


def ask_again(books: Books, payment: Payment) -> Decision | None:
    """Ask finance whether a payment that failed goes to the same account again."""
    account = books.get(BankAccount, payment.bank_account_id)
    amount = Money(payment.amount_minor, payment.currency)
    reason = _reason(books, payment)
    released_by = books.get(PaymentBatch, payment.batch_id).released_by
    question = Question(
        kind="payment_again",
        subject=payment,
        content={
            "payment": payment.reference,
            "account": account.reference,
            "amount_minor": payment.amount_minor,
            "currency": payment.currency,
            "status": payment.status,
            "reason": reason,
        },
        sentence=(
            f"{payment.reference}, {amount} to {account.reference} {account.number_masked} of "
            f"{books.get(Party, account.party_id).name}, is {payment.status} "
            f"({reason or 'no reason given'}). Pay to that account again? Rejected, it waits for "
            "another account"
        ),
        role="finance",
        party_id=account.party_id,
        amount=amount,
        not_by=(released_by,) if released_by else (),
    )
    return decided(books, question)


def failed_before(books: Books, paid_for: ColumnElement[bool], account: BankAccount) -> str:
    """Return why money does not go where it came back from; empty where it may.

    `paid_for` is the condition under which a payment is of the settlement or return to be paid.
    """
    query = select(Payment).where(paid_for, col(Payment.status).in_(UNPAID))
    last = books.session.exec(query.order_by(col(Payment.id).desc())).first()
    if last is None or last.bank_account_id != account.id:
        return ""
    decision = ask_again(books, last)
    if decision is None:
        return f"{last.reference} is {last.status}; finance has to say whether it is paid again"
    if decision.answer == "approve":
        return ""
    return (
        f"{last.reference} is {last.status}, and {decision.answered_by} said not to pay to that "
        "account again; have another one proposed"
    )


def _reason(books: Books, payment: Payment) -> str:
    query = (
        select(BankEntry.reason)
        .join(BankMatch, col(BankMatch.bank_entry_id) == col(BankEntry.id))
        .where(col(BankMatch.payment_id) == payment.id, col(BankMatch.kind) != "booked")
    )
    return books.session.exec(query).first() or ""
