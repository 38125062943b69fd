"""Releases a batch: its file is promised, its payments are booked, its invoices are paid."""

from vendorops.books import AccountName, Books, Entry, log, post, promise_file
from vendorops.books.part_returns import settlement_of
from vendorops.documents.statements import payments_of
from vendorops.domain.lifecycle import PaymentBatchStatus, PaymentStatus
from vendorops.domain.money import Money
from vendorops.paying.confirming import lapse
from vendorops.paying.funding import take_funds
from vendorops.paying.paid_invoices import mark_paid
from vendorops.paying.prompt_payment import RETURNED, missed
from vendorops.paying.tax_owed import mark_remitted, withheld_tax
from vendorops.payments import payment_format
from vendorops.stages.release.together import send_together
from vendorops.tables import (
    BankAccount,
    Contract,
    Decision,
    Filing,
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
    alone = [] if send_together(books, batch, released) else payments_of(books, batch)
    for payment in alone:
        sent = books.move(payment, PaymentStatus.SENT, because=f"{batch.reference} is released")
        _book(books, batch, payment, sent)
        take_funds(books, batch, payment, sent)
        _note_first(books, batch, payment)
        _return_discounts(books, batch, payment)
    paid = [row.settlement_id for row in payments_of(books, batch) if row.settlement_id]
    lapse(books, batch)
    mark_paid(books, paid, f"{batch.reference} is released")


def _note_first(books: Books, batch: PaymentBatch, payment: Payment) -> None:
    account = books.get(BankAccount, payment.bank_account_id)
    if account.first_paid_on is None:
        account.first_paid_on = batch.execution_day
        books.record("tried", account, f"first payment, {payment.reference}")


def _return_discounts(books: Books, batch: PaymentBatch, payment: Payment) -> None:
    """Owe back what was deducted for prompt payment, where the money goes too late for it."""
    if payment.settlement_id is None:
        return
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
    entity = books.get(LegalEntity, batch.legal_entity_id)
    clearing = AccountName(f"bank-clearing/{entity.code}", "liability")
    amount, key = Money(payment.amount_minor, payment.currency), f"payment/{payment.reference}"
    post(books, event, Entry(_owed(books, payment), clearing, amount, key))
    if payment.filing_id is not None:
        mark_remitted(books, books.get(Filing, payment.filing_id), payment)


def _owed(books: Books, payment: Payment) -> AccountName:
    """Return the ledger account on which stood what a payment pays."""
    if payment.filing_id is not None:
        return withheld_tax(books.get(Filing, payment.filing_id))
    supplier = books.get(Supplier, settlement_of(books, payment).supplier_id)
    return AccountName(f"payable/{supplier.reference}", "liability", supplier.party_id, 0)
