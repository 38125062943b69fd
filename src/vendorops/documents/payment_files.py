"""Writes a payment file from rows and the vault: the same rows always give the same bytes."""

from vendorops.books import Books, vault
from vendorops.documents.statements import payments_of
from vendorops.domain.money import Money
from vendorops.domain.payment_order import Account, CreditTransfer, PaymentOrder
from vendorops.payments import payment_format
from vendorops.tables import BankAccount, LegalEntity, Party, Payment, PaymentBatch, Settlement


def payment_file(books: Books, batch: PaymentBatch) -> bytes:
    """Return the bytes of a batch's file; each account number read for it is recorded."""
    return payment_format(batch.format).write(_order(books, batch))


def _order(books: Books, batch: PaymentBatch) -> PaymentOrder:
    entity = books.get(LegalEntity, batch.legal_entity_id)
    return PaymentOrder(
        message_id=batch.message_id,
        initiator=books.get(Party, entity.party_id).name,
        debtor=_revealed(books, batch.debtor_account_id, batch),
        execution_day=batch.execution_day,
        created_day=batch.created_on,
        transfers=tuple(_transfer(books, batch, row) for row in payments_of(books, batch)),
    )


def _transfer(books: Books, batch: PaymentBatch, payment: Payment) -> CreditTransfer:
    settlement = books.get(Settlement, payment.settlement_id)
    return CreditTransfer(
        end_to_end_id=payment.end_to_end_id,
        amount=Money(payment.amount_minor, payment.currency),
        payee=_revealed(books, payment.bank_account_id, batch),
        remittance=f"{settlement.reference} {settlement.month}",
    )


def _revealed(books: Books, ident: int, batch: PaymentBatch) -> Account:
    account = books.get(BankAccount, ident)
    books.record("revealed", account, f"for the payment file of {batch.reference}")
    return Account(
        holder=account.holder,
        scheme=account.scheme,
        number=vault.reveal(books, account, "number"),
        bank=account.bank,
    )
