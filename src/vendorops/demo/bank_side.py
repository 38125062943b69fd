"""The bank's side of the story: it books what was sent, and sends one payment back.

What the bank writes is made from what it was ordered, as a bank would: a statement of the day on
which payments were executed, one of the day on which money came back, and one of the day on which
it went again. That money goes to the account which the supplier moved to meanwhile.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from lxml import etree
from lxml.etree import Element, SubElement, _Element
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.vault import reveal
from vendorops.demo.story import PAID, carry
from vendorops.demo.world import World
from vendorops.domain.money import Money, total
from vendorops.stages.bank_statements import receive
from vendorops.tables import BankAccount, Payment, PaymentBatch

TITLE = "The bank books what was sent; one payment comes back and goes to the new account"
SPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
DEFAULT = cast("dict[str, str]", {None: SPACE})  # The stubs do not know the default namespace.
RETURNED, HEARD, AGAIN = date(2026, 11, 9), date(2026, 12, 3), date(2026, 12, 7)
OPENING_MINOR = 100_000_000
FEE_MINOR = 1_500
"""What the bank takes for the month."""
CLOSED = "AC04"
"""The bank's code for a closed account."""


@dataclass(frozen=True)
class Booked:
    """One entry of a statement, below zero where money left."""

    minor: int
    end_to_end_id: str = ""
    reason: str = ""


def hear_the_bank(world: World) -> Iterator[str]:
    """Play the act in which the bank answers; played again it changes nothing."""
    yield TITLE
    with world.act("reader", HEARD) as books:
        sent = _ordered(books, PAID)
        executed = books.get(PaymentBatch, sent[0].batch_id).execution_day
    booked = [Booked(-row.amount_minor, row.end_to_end_id) for row in sent]
    back = [Booked(sent[0].amount_minor, sent[0].end_to_end_id, CLOSED), Booked(-FEE_MINOR)]
    closing = OPENING_MINOR + sum(each.minor for each in booked)
    _take(world, HEARD, _Statement(1, executed, OPENING_MINOR, booked))
    _take(world, HEARD, _Statement(2, RETURNED, closing, back))
    carry(world, HEARD, "bank_statements", "payment", "release", "delivery")
    with world.act("reader", AGAIN) as books:
        again = _ordered(books, HEARD)
        day = books.get(PaymentBatch, again[0].batch_id).execution_day
    once_more = [Booked(-row.amount_minor, row.end_to_end_id) for row in again]
    opening = closing + sum(each.minor for each in back)
    _take(world, AGAIN, _Statement(3, day, opening, once_more))
    carry(world, AGAIN, "bank_statements")


@dataclass(frozen=True)
class _Statement:
    number: int
    day: date
    opening_minor: int
    entries: Sequence[Booked]


def _ordered(books: Books, planned: date) -> list[Payment]:
    """Return the payments of the files that were planned on a day."""
    query = (
        select(Payment)
        .join(PaymentBatch, col(PaymentBatch.id) == col(Payment.batch_id))
        .where(col(PaymentBatch.created_on) == planned)
    )
    return list(books.session.exec(query.order_by(col(Payment.reference))))


def _take(world: World, day: date, said: _Statement) -> None:
    with world.act("zhao.finance", day) as books:
        batch = books.session.exec(select(PaymentBatch)).first()
        if batch is None:
            return
        account = books.get(BankAccount, batch.debtor_account_id)
        number = reveal(books, account, "number")
        receive(books, _written(said, number, account.currency), f"statement-{said.number}.xml")


def _written(said: _Statement, number: str, currency: str) -> bytes:
    root = Element(f"{{{SPACE}}}Document", nsmap=DEFAULT)
    message = _at(root, "BkToCstmrStmt")
    head = _at(message, "GrpHdr")
    _at(head, "MsgId", f"STATEMENT-{said.number}")
    _at(head, "CreDtTm", f"{said.day}T18:00:00Z")
    statement = _at(message, "Stmt")
    _at(statement, "Id", f"{said.day}/{said.number}")
    _at(statement, "ElctrncSeqNb", str(said.number))
    account = _at(statement, "Acct")
    _at(_at(_at(account, "Id"), "Othr"), "Id", number)
    _at(account, "Ccy", currency)
    opening = Money(said.opening_minor, currency)
    moved = total([Money(each.minor, currency) for each in said.entries], currency)
    _balance(statement, "OPBD", opening, said.day)
    _balance(statement, "CLBD", opening + moved, said.day)
    for each in said.entries:
        _entry(statement, each, Money(each.minor, currency), said.day)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _at(parent: _Element, name: str, text: str = "") -> _Element:
    made = SubElement(parent, f"{{{SPACE}}}{name}")
    made.text = text or None
    return made


def _money(parent: _Element, amount: Money) -> None:
    _at(parent, "Amt", Money(abs(amount.minor), amount.currency).text).set("Ccy", amount.currency)
    _at(parent, "CdtDbtInd", "CRDT" if amount.minor >= 0 else "DBIT")


def _balance(statement: _Element, code: str, amount: Money, day: date) -> None:
    balance = _at(statement, "Bal")
    _at(_at(_at(balance, "Tp"), "CdOrPrtry"), "Cd", code)
    _money(balance, amount)
    _at(_at(balance, "Dt"), "Dt", day.isoformat())


def _entry(statement: _Element, booked: Booked, amount: Money, day: date) -> None:
    entry = _at(statement, "Ntry")
    _money(entry, amount)
    _at(_at(entry, "Sts"), "Cd", "BOOK")
    _at(_at(entry, "BookgDt"), "Dt", day.isoformat())
    code = _at(_at(entry, "BkTxCd"), "Prtry")
    _at(code, "Cd", "NTRF" if booked.end_to_end_id else "NCHG")
    if booked.end_to_end_id:
        details = _at(_at(entry, "NtryDtls"), "TxDtls")
        _at(_at(details, "Refs"), "EndToEndId", booked.end_to_end_id)
        _money(details, amount)
        if booked.reason:
            _at(_at(_at(details, "RtrInf"), "Rsn"), "Cd", booked.reason)
