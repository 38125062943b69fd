"""Explains lines of a bank: what became of payments is booked, of the rest finance is asked."""

import json
from dataclasses import dataclass

from sqlmodel import col, select

from vendorops.books import Books, Question, decided
from vendorops.books.withdrawing import withdraw
from vendorops.domain.bank_statement import is_charge
from vendorops.domain.lifecycle import BankEntryStatus, PaymentStatus
from vendorops.domain.money import Money
from vendorops.paying.bank_answers import Told, booked, charged, refused, returned
from vendorops.stages.bank_statements.finding import ON_ITS_WAY, Found, find, judged
from vendorops.tables import (
    BankAccount,
    BankCharge,
    BankEntry,
    BankMatch,
    BankStatement,
    CheckFinding,
    Decision,
    Payment,
    PaymentBatch,
)

TAKEN = frozenset({"ACCP", "ACSP", "ACSC", "ACWC", "ACCC"})
"""What the bank says of an order that it carries out (ISO 20022 external status codes)."""
REFUSED = "RJCT"
WORDS = {"debit": "left", "credit": "came to"}


def explain(books: Books, entry: BankEntry) -> bool:
    """Explain one open line; tell whether it is explained now."""
    statement = books.get(BankStatement, entry.bank_statement_id)
    if statement.kind == "answer":
        return _answered(books, entry)
    if statement.kind == "notification":
        return _noted(books, entry)
    found = find(books, entry)
    if found.payments:
        _match(books, entry, found.payments, Said(found.charge_minor))
        return True
    own = entry.direction == "debit" and is_charge(entry.code)
    if own and found.code == "E_BANK_UNKNOWN":
        _match(books, entry, (), Said(entry.amount_minor))
        return True
    _write_down(books, entry, found)
    decision = decided(books, _question(books, entry, found))
    return decision is not None and _as_decided(books, entry, decision)


@dataclass(frozen=True)
class Said:
    """What is known of a line besides its payments."""

    charge_minor: int = 0
    """What of it the bank took for itself."""
    decision: Decision | None = None
    """By which a person said so, where the bank's own words did not."""


def _match(books: Books, entry: BankEntry, payments: tuple[Payment, ...], said: Said) -> None:
    kind, decision = "booked" if entry.direction == "debit" else "returned", said.decision
    for payment in payments:
        _matched(books, entry, payment, kind, decision)
        told = Told(entry.reference, entry.reason)
        (booked if kind == "booked" else returned)(books, payment, told)
    names = ", ".join(payment.reference for payment in payments[:5])
    if said.charge_minor:
        _enter_charge(books, entry, said)
        names = f"{names or 'nothing'} and {Money(said.charge_minor, entry.currency)} of charges"
    by = f", says {decision.answered_by} in {decision.reference}" if decision else ""
    more = f" and {len(payments) - 5} more" if len(payments) > 5 else ""  # noqa: PLR2004 - as named above.
    event = books.move(entry, BankEntryStatus.MATCHED, because=f"{kind}: {names}{more}{by}")
    if said.charge_minor:
        statement = books.get(BankStatement, entry.bank_statement_id)
        charged(books, entry, books.get(BankAccount, statement.bank_account_id), event)
    withdraw(books, entry, f"{entry.reference} is explained")


def _enter_charge(books: Books, entry: BankEntry, said: Said) -> None:
    row = BankCharge(
        id=books.key(),
        bank_entry_id=entry.id,
        amount_minor=said.charge_minor,
        decision_id=said.decision.id if said.decision else None,
    )
    books.enter(row, because=f"charges of the bank, says {entry.reference}")


def _matched(
    books: Books, entry: BankEntry, payment: Payment, kind: str, decision: Decision | None
) -> None:
    row = BankMatch(
        id=books.key(),
        bank_entry_id=entry.id,
        payment_id=payment.id,
        kind=kind,
        amount_minor=payment.amount_minor,
        decision_id=decision.id if decision else None,
    )
    books.enter(row, because=f"{payment.reference} was {kind}, says {entry.reference}")


def _noted(books: Books, entry: BankEntry) -> bool:
    """Take note of what the bank tells beside its statements: it moves no money of the books."""
    query = select(Payment).where(col(Payment.end_to_end_id) == entry.end_to_end_id)
    payment = books.session.exec(query).one_or_none() if entry.end_to_end_id else None
    awaited = payment and entry.direction == "debit" and payment.status == PaymentStatus.SENT
    if payment and awaited and not judged(books, entry, payment).code:
        because = f"carried out, says {entry.reference}"
        books.move(payment, PaymentStatus.ACCEPTED_BY_BANK, because=because)
    books.move(entry, BankEntryStatus.NOTED, because="told beside the statement of the day")
    return True


def _answered(books: Books, entry: BankEntry) -> bool:
    """Act on the bank's answer to an order: to one payment, or to all of a message."""
    for payment in _asked_about(books, entry):
        if payment.status not in ON_ITS_WAY:
            continue
        if entry.code == REFUSED:
            _matched(books, entry, payment, "rejected", None)
            refused(books, payment, Told(entry.reference, entry.reason))
        elif entry.code in TAKEN and payment.status == PaymentStatus.SENT:
            because = f"{entry.code}, says {entry.reference}"
            books.move(payment, PaymentStatus.ACCEPTED_BY_BANK, because=because)
    books.move(
        entry, BankEntryStatus.NOTED, because=f"the bank answered {entry.code or 'nothing'}"
    )
    return True


def _asked_about(books: Books, entry: BankEntry) -> list[Payment]:
    query = (
        select(Payment)
        .join(PaymentBatch, col(PaymentBatch.id) == col(Payment.batch_id))
        .where(col(PaymentBatch.message_id).in_(entry.batch_ids.split()))
    )
    if entry.end_to_end_id:
        query = query.where(col(Payment.end_to_end_id) == entry.end_to_end_id)
    return list(books.session.exec(query.order_by(col(Payment.reference))))


def _write_down(books: Books, entry: BankEntry, found: Found) -> None:
    query = select(CheckFinding.id).where(
        col(CheckFinding.subject_table) == "bankentry",
        col(CheckFinding.subject_id) == entry.id,
        col(CheckFinding.code) == found.code,
    )
    if books.session.exec(query).first() is None:
        books.enter(
            CheckFinding(
                id=books.key(),
                subject_table="bankentry",
                subject_id=entry.id,
                code=found.code,
                level="warning",
                place_in_source=f"entry {entry.entry}, {entry.part}",
                message=found.why,
                found_on=books.as_of,
            )
        )


def _question(books: Books, entry: BankEntry, found: Found) -> Question:
    statement = books.get(BankStatement, entry.bank_statement_id)
    account = books.get(BankAccount, statement.bank_account_id)
    amount = Money(entry.amount_minor, entry.currency)
    return Question(
        kind="bank_entry",
        subject=entry,
        content={
            "entry": entry.reference,
            "statement": statement.reference,
            "direction": entry.direction,
            "amount_minor": entry.amount_minor,
            "currency": entry.currency,
            "end_to_end_id": entry.end_to_end_id,
            "named": entry.named,
            "finding": found.code,
            "candidates": list(found.candidates),
        },
        sentence=(
            f"{found.code}: {amount} {WORDS[entry.direction]} {account.reference} on "
            f"{entry.booked_on or 'a day not told'}, {entry.bank_reference or 'no reference'} "
            f"({statement.reference}): {found.why}. Approve with --detail payment=PAY-… if it is "
            "that payment, with charge=… for what the bank took for itself; reject if it is "
            "neither"
        ),
        role="finance",
        amount=amount,
        not_by=_releasers(books, found),
    )


def _releasers(books: Books, found: Found) -> tuple[str, ...]:
    """Return who let the payments go that it might be: another one says what became of them."""
    query = (
        select(PaymentBatch.released_by)
        .join(Payment, col(Payment.batch_id) == col(PaymentBatch.id))
        .where(col(Payment.reference).in_(found.candidates))
    )
    return tuple(sorted({who for who in books.session.exec(query) if who}))


def _as_decided(books: Books, entry: BankEntry, decision: Decision) -> bool:
    because = f"{decision.reference} by {decision.answered_by}: {decision.reason}"
    if decision.answer == "reject":
        books.move(entry, BankEntryStatus.SET_ASIDE, because=because)
        return True
    chosen = json.loads(decision.detail)
    said = Said(int(chosen.get("charge_minor", 0)), decision)
    if not chosen_in(decision):
        _match(books, entry, (), said)
        return True
    found = judged(books, entry, books.named(Payment, chosen_in(decision)), said.charge_minor)
    if found.payments:
        _match(books, entry, found.payments, said)
    return bool(found.payments)


def chosen_in(decision: Decision) -> str:
    """Return the payment that a person chose; empty where the whole line is a charge."""
    return str(json.loads(decision.detail).get("payment", ""))
