"""Writes a payment file from rows and the vault: the same rows always give the same bytes."""

import json
from collections.abc import Callable, Mapping

from vendorops.books import Books, vault
from vendorops.documents.statements import payments_of
from vendorops.domain.money import Money
from vendorops.domain.payment_order import Account, CreditTransfer, PaymentOrder
from vendorops.payments import payment_format
from vendorops.tables import (
    BankAccount,
    LegalEntity,
    Party,
    Payment,
    PaymentBatch,
    PaymentChannel,
    Settlement,
)

Number = Callable[[BankAccount], str]
"""Gives the number of an account."""


def payment_file(books: Books, batch: PaymentBatch) -> bytes:
    """Return the bytes of a batch's file; each account number read for it is recorded."""

    def recorded(account: BankAccount) -> str:
        books.record("revealed", account, f"for the payment file of {batch.reference}")
        return vault.reveal(books, account, "number")

    return _written(books, batch, recorded)


def payment_file_again(books: Books, batch: PaymentBatch) -> bytes:
    """Return the same bytes for a check that shows them to nobody; nothing is recorded."""
    return _written(books, batch, lambda account: vault.reveal(books, account, "number"))


def _written(books: Books, batch: PaymentBatch, number: Number) -> bytes:
    return payment_format(batch.format).write(_order(books, batch, number))


def _order(books: Books, batch: PaymentBatch, number: Number) -> PaymentOrder:
    entity = books.get(LegalEntity, batch.legal_entity_id)
    return PaymentOrder(
        message_id=batch.message_id,
        initiator=books.get(Party, entity.party_id).name,
        debtor=_account(books, batch.debtor_account_id, number),
        execution_day=batch.execution_day,
        created_day=batch.created_on,
        transfers=tuple(_transfer(books, row, number) for row in payments_of(books, batch)),
        details=_details(books, batch),
    )


def details_of(channel: PaymentChannel | None) -> Mapping[str, str]:
    """Return what a bank wants to be told besides, as it was on file."""
    return dict(json.loads(channel.details)) if channel else {}


def _details(books: Books, batch: PaymentBatch) -> Mapping[str, str]:
    ident = batch.payment_channel_id
    return details_of(books.get(PaymentChannel, ident) if ident else None)


def _transfer(books: Books, payment: Payment, number: Number) -> CreditTransfer:
    settlement = books.get(Settlement, payment.settlement_id)
    return CreditTransfer(
        end_to_end_id=payment.end_to_end_id,
        amount=Money(payment.amount_minor, payment.currency),
        payee=_account(books, payment.bank_account_id, number),
        remittance=remittance(settlement),
    )


def remittance(settlement: Settlement) -> str:
    """Return what a payee reads."""
    return f"{settlement.reference} {settlement.month}"


def _account(books: Books, ident: int, number: Number) -> Account:
    account = books.get(BankAccount, ident)
    return told(books, account, number(account))


def told(books: Books, account: BankAccount, number: str) -> Account:
    """Return an account as a bank is told of it."""
    return Account(
        holder=account.holder,
        scheme=account.scheme,
        number=number,
        bank=account.bank,
        kind=books.get(Party, account.party_id).kind,
    )
