"""Writes a payment file from rows and the vault: the same rows always give the same bytes."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlmodel import col

from vendorops.books import Books, NotInTheBooks, vault
from vendorops.books.part_returns import settlement_of
from vendorops.documents.statements import payments_of
from vendorops.domain.money import Money
from vendorops.domain.payment_order import Account, CreditTransfer, PaymentOrder
from vendorops.payments import payment_format
from vendorops.tables import (
    BankAccount,
    Filing,
    LegalEntity,
    Party,
    Payment,
    PaymentBatch,
    PaymentChannel,
    Settlement,
    VaultEntry,
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


def payment_file_of_many(books: Books, batch: PaymentBatch) -> bytes:
    """Return the bytes of a file of many payments, read by column; they are those of one by one.

    That account numbers were read for it is recorded once, of the whole batch.
    """
    books.record("revealed", batch, f"{batch.count} account numbers, for its payment file")
    return payment_format(batch.format).write(order_of_many(books, batch))


def order_of_many(books: Books, batch: PaymentBatch) -> PaymentOrder:
    """Return what a file of many payments orders; whoever shows it to anybody records that."""

    def number(account: BankAccount) -> str:
        return vault.reveal(books, account, "number")

    transfers = _transfers(books, batch)
    if len(transfers) != batch.count:
        raise NotInTheBooks(
            f"the vault lacks {batch.count - len(transfers)} account numbers that"
            f" {batch.reference} pays to; have those accounts proposed anew"
        )
    return _head(books, batch, number, transfers)


def _transfers(books: Books, batch: PaymentBatch) -> tuple[CreditTransfer, ...]:
    """Return the transfers of a batch in the order of the file, by one query."""
    query = (
        select(
            col(Payment.end_to_end_id),
            col(Payment.amount_minor),
            col(Payment.currency),
            col(Settlement.reference),
            col(Settlement.month),
            col(BankAccount.holder),
            col(BankAccount.scheme),
            col(BankAccount.bank),
            col(Party.kind),
            col(BankAccount.id),
            col(VaultEntry.key_id),
            col(VaultEntry.nonce),
            col(VaultEntry.ciphertext),
        )
        .join(Settlement, col(Settlement.id) == col(Payment.settlement_id))
        .join(BankAccount, col(BankAccount.id) == col(Payment.bank_account_id))
        .join(Party, col(Party.id) == col(BankAccount.party_id))
        .join(VaultEntry, _number_of(col(BankAccount.id)))
        .where(col(Payment.batch_id) == batch.id)
        .order_by(col(Payment.id))
    )
    ends, minors, currencies, settled, months, *payees = _by_column(books, query)
    holders, schemes, banks, kinds, *sealed = payees
    numbers = map(vault.opener(books, "bankaccount", "number"), *sealed)
    return tuple(
        map(
            CreditTransfer,
            ends,
            map(Money, minors, currencies),
            map(Account, holders, schemes, numbers, banks, kinds),
            map("{} {}".format, settled, months),
        )
    )


def _by_column(books: Books, query: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - a query of many columns.
    """Return what a query finds, a tuple for each of its columns."""
    rows = books.session.connection().execute(query).all()
    return [*zip(*rows, strict=True)] if rows else [()] * len(query.selected_columns)


def _number_of(account: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column of keys.
    return and_(
        col(VaultEntry.subject_table) == "bankaccount",
        col(VaultEntry.subject_column) == "number",
        col(VaultEntry.subject_id) == account,
    )


def _order(books: Books, batch: PaymentBatch, number: Number) -> PaymentOrder:
    transfers = tuple(_transfer(books, row, number) for row in payments_of(books, batch))
    return _head(books, batch, number, transfers)


def _head(
    books: Books, batch: PaymentBatch, number: Number, transfers: tuple[CreditTransfer, ...]
) -> PaymentOrder:
    entity = books.get(LegalEntity, batch.legal_entity_id)
    return PaymentOrder(
        message_id=batch.message_id,
        initiator=books.get(Party, entity.party_id).name,
        debtor=_account(books, batch.debtor_account_id, number),
        execution_day=batch.execution_day,
        created_day=batch.created_on,
        transfers=transfers,
        details=_details(books, batch),
    )


def details_of(channel: PaymentChannel | None) -> Mapping[str, str]:
    """Return what a bank wants to be told besides, as it was on file."""
    return dict(json.loads(channel.details)) if channel else {}


def _details(books: Books, batch: PaymentBatch) -> Mapping[str, str]:
    ident = batch.payment_channel_id
    return details_of(books.get(PaymentChannel, ident) if ident else None)


def _transfer(books: Books, payment: Payment, number: Number) -> CreditTransfer:
    return CreditTransfer(
        end_to_end_id=payment.end_to_end_id,
        amount=Money(payment.amount_minor, payment.currency),
        payee=_account(books, payment.bank_account_id, number),
        remittance=_remittance(books, payment),
    )


def _remittance(books: Books, payment: Payment) -> str:
    if payment.filing_id is not None:
        filing = books.get(Filing, payment.filing_id)
        return f"{filing.reference} {filing.form} {filing.month}"
    return remittance(settlement_of(books, payment))


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
