"""How the bank of an account wants to be told to pay, and what it cannot be told."""

from dataclasses import dataclass, replace
from datetime import date

from lxml import etree
from sqlmodel import col, select

from vendorops.books import Books, vault
from vendorops.documents.payment_files import details_of, order_of_many, remittance, told
from vendorops.domain.money import Money
from vendorops.domain.payment_order import CreditTransfer, PaymentOrder
from vendorops.domain.refusal import Refused
from vendorops.payments import payment_format
from vendorops.tables import BankAccount, PaymentBatch, PaymentChannel, Settlement

USUAL = "pain001"
"""What a bank reads of which nothing else is on file."""
LONGEST_ID = "PAY-2026-000000"
"""As long as the references that payments get."""


class AgainstSchema(Refused):
    """A file is not as the standard's own schema wants it."""


@dataclass(frozen=True)
class Channel:
    """What is on file of an account on a day."""

    format: str
    row: PaymentChannel | None


def channel_of(books: Books, account: BankAccount) -> Channel:
    """Return how an account pays today: what was entered last and holds."""
    query = select(PaymentChannel).where(
        col(PaymentChannel.bank_account_id) == account.id,
        col(PaymentChannel.valid_from) <= books.as_of,
    )
    row = books.session.exec(query.order_by(col(PaymentChannel.valid_from).desc())).first()
    return Channel(row.format, row) if row else Channel(USUAL, None)


def unsayable(
    books: Books, debtor: BankAccount, payee: BankAccount, settlement: Settlement, day: date
) -> str:
    """Return why a payment cannot be ordered as the bank wants it; empty where it can."""
    channel = channel_of(books, debtor)
    order = PaymentOrder(
        message_id=LONGEST_ID,
        initiator=debtor.holder,
        debtor=told(books, debtor, vault.reveal(books, debtor, "number")),
        execution_day=day,
        created_day=books.as_of,
        transfers=(
            CreditTransfer(
                LONGEST_ID,
                Money(settlement.payable_minor, settlement.currency),
                told(books, payee, vault.reveal(books, payee, "number")),
                remittance(settlement),
            ),
        ),
        details=details_of(channel.row),
    )
    try:
        payment_format(channel.format).write(order)
    except Refused as refusal:
        return f"the bank of {debtor.reference} does not take it ({channel.format}): {refusal}"
    return ""


def unsayable_of(books: Books, batch: PaymentBatch) -> frozenset[str]:
    """Return the end-to-end ids of the payments of a batch that its format refuses alone.

    Halves of a refused file are tried until a payment stands alone, so few tries find a few.
    """
    order = order_of_many(books, batch)

    def refused(transfers: tuple[CreditTransfer, ...]) -> list[CreditTransfer]:
        try:
            data = payment_format(batch.format).write(replace(order, transfers=transfers))
            check_schema(books, batch.format, data)
        except Refused:
            half = len(transfers) // 2
            if not half:
                return [*transfers]
            return [*refused(transfers[:half]), *refused(transfers[half:])]
        return []

    return frozenset(each.end_to_end_id for each in refused(order.transfers))


def check_schema(books: Books, name: str, data: bytes) -> None:
    """Refuse a file that the standard's schema does not want, where the rules folder has it."""
    schema, folder = payment_format(name).SCHEMA, books.settings.rules
    path = folder / schema if folder and schema else None
    if path is None or not path.exists():
        return
    try:
        etree.XMLSchema(etree.parse(path)).assertValid(etree.fromstring(data))
    except etree.DocumentInvalid as error:
        raise AgainstSchema(f"{schema} refuses the payment file: {error}") from None
