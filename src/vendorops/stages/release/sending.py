"""Releases a batch: its file is promised, its payments are booked, its invoices are paid."""

from vendorops.books import AccountName, Books, Entry, log, post, promise_file
from vendorops.documents.statements import payments_of
from vendorops.domain.lifecycle import PaymentBatchStatus, PaymentStatus
from vendorops.domain.money import Money
from vendorops.paying.funding import take_funds
from vendorops.paying.paid_invoices import mark_paid
from vendorops.paying.prompt_payment import RETURNED, missed
from vendorops.payments import payment_format
from vendorops.tables import (
    BankAccount,
    Contract,
    Decision,
    LegalEntity,
    Payment,
    PaymentBatch,
    Settlement,
    Supplier,
)
from vendorops.working.crediting import Credit, raise_credit


def send(books: Books, batch: PaymentBatch, decision: Decision) -> None:
    """Let the money go: everything in one transaction with the promise of the file."""
    batch.released_by = decision.answered_by
    because = f"{decision.reference} by {decision.answered_by}"
    released = books.move(batch, PaymentBatchStatus.RELEASED, because=because)
    name = f"{batch.reference}{payment_format(batch.format).SUFFIX}"
    promise_file(books, released, batch.file_sha256, name)
    for payment in payments_of(books, batch):
        sent = books.move(payment, PaymentStatus.SENT, because=f"{batch.reference} is released")
        _book(books, batch, payment, sent)
        _note_first(books, batch, payment)
        _return_discounts(books, batch, payment)
        take_funds(books, batch, payment, sent)
    settlements = [payment.settlement_id for payment in payments_of(books, batch)]
    mark_paid(books, settlements, f"{batch.reference} is released")


def _note_first(books: Books, batch: PaymentBatch, payment: Payment) -> None:
    account = books.get(BankAccount, payment.bank_account_id)
    if account.first_paid_on is None:
        account.first_paid_on = batch.execution_day
        books.record("tried", account, f"first payment, {payment.reference}")


def _return_discounts(books: Books, batch: PaymentBatch, payment: Payment) -> None:
    """Owe back what was deducted for prompt payment, where the money goes too late for it."""
    settlement = books.get(Settlement, payment.settlement_id)
    for memo, part in missed(books, settlement, batch.execution_day):
        credit = Credit(
            kind=RETURNED,
            month=settlement.month,
            source=memo,
            net=Money(part.net_minor, memo.currency),
            sentence=f"{memo.reference} was deducted, but {payment.reference} goes too late",
            basis={"memo": memo.reference, "paid_on": batch.execution_day.isoformat()},
            raised_by=batch.planned_by,
            borne_by="returned",
            taxed=(memo.tax_category, memo.tax_rate_e4),
            tax_minor=part.tax_minor,
        )
        raise_credit(books, books.get(Contract, memo.contract_id), credit)


def _book(books: Books, batch: PaymentBatch, payment: Payment, event: log.Happened) -> None:
    settlement = books.get(Settlement, payment.settlement_id)
    supplier = books.get(Supplier, settlement.supplier_id)
    entity = books.get(LegalEntity, batch.legal_entity_id)
    payable = AccountName(f"payable/{supplier.reference}", "liability", supplier.party_id, 0)
    clearing = AccountName(f"bank-clearing/{entity.code}", "liability")
    amount = Money(payment.amount_minor, payment.currency)
    post(books, event, Entry(payable, clearing, amount, f"payment/{payment.reference}"))
