"""Asks finance about a line that nobody can explain from the bank's words, and does as it says."""

import json
from typing import Any

from sqlmodel import col, select

from vendorops.books import Books, Question
from vendorops.books.part_returns import came_back_in_parts
from vendorops.domain.lifecycle import BankEntryStatus
from vendorops.domain.money import Money
from vendorops.stages.bank_statements.finding import Found, judged, judged_part
from vendorops.stages.bank_statements.matching import Said, match, match_part
from vendorops.tables import (
    BankAccount,
    BankEntry,
    BankStatement,
    Decision,
    Payment,
    PaymentBatch,
)

WORDS = {"debit": "left", "credit": "came to"}
HOW = (
    "Approve with --detail payment=PAY-… if it is that payment, with charge=… for what the bank "
    "took for itself; reject if it is neither"
)
HOW_OF_CREDIT = f"{HOW}; with part=… if only a part of a payment came back by it"
HOW_OF_PART = (
    "Approve with --detail payment=PAY-… and charge=… if the bank kept the rest as its charge, so "
    "that all of it came back; with payment=… and part=… if only that part came back and is to be "
    "paid once more; reject if the payee gave back what it was paid too much"
)


def question(books: Books, entry: BankEntry, found: Found) -> Question:
    """Return what finance is asked about a line; whoever let the payment go may not answer."""
    statement = books.get(BankStatement, entry.bank_statement_id)
    account = books.get(BankAccount, statement.bank_account_id)
    amount = Money(entry.amount_minor, entry.currency)
    before = _came_back_before(books, found)
    how = HOW_OF_CREDIT if entry.direction == "credit" else HOW
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
            **({"came_back_before": before} if before else {}),
        },
        sentence=(
            f"{found.code}: {amount} {WORDS[entry.direction]} {account.reference} on "
            f"{entry.booked_on or 'a day not told'}, {entry.bank_reference or 'no reference'} "
            f"({statement.reference}): {found.why}. "
            f"{HOW_OF_PART if found.code == 'E_BANK_PART' else how}"
        ),
        role="finance",
        amount=amount,
        not_by=_releasers(books, found),
    )


def _came_back_before(books: Books, found: Found) -> dict[str, int]:
    """Return what of each payment came back in parts: an answer counts for what was seen of it."""
    query = select(Payment).where(col(Payment.reference).in_(found.candidates))
    rows = books.session.exec(query.order_by(col(Payment.reference))).all()
    parts = {row.reference: came_back_in_parts(books, row).minor for row in rows}
    return {reference: minor for reference, minor in parts.items() if minor}


def _releasers(books: Books, found: Found) -> tuple[str, ...]:
    """Return who let the payments go that it might be: another one says what became of them."""
    query = (
        select(PaymentBatch.released_by)
        .join(Payment, col(Payment.batch_id) == col(PaymentBatch.id))
        .where(col(Payment.reference).in_(found.candidates))
    )
    return tuple(sorted({who for who in books.session.exec(query) if who}))


def as_decided(books: Books, entry: BankEntry, decision: Decision) -> bool:
    """Do as a person said of a line, where it still can be so; tell whether it is explained."""
    if decision.answer == "reject":
        because = f"{decision.reference} by {decision.answered_by}: {decision.reason}"
        books.move(entry, BankEntryStatus.SET_ASIDE, because=because)
        return True
    chosen = _detail(decision)
    said = Said(int(chosen.get("charge_minor", 0)), decision)
    if "payment" not in chosen:
        match(books, entry, (), said)
        return True
    payment = books.named(Payment, str(chosen["payment"]))
    if part_minor := int(chosen.get("part_minor", 0)):
        found = judged_part(books, entry, payment, said.charge_minor, part_minor)
        if found.payments:
            match_part(books, entry, payment, decision, said.charge_minor)
        return bool(found.payments)
    found = judged(books, entry, payment, said.charge_minor)
    if found.payments:
        match(books, entry, found.payments, said)
    return bool(found.payments)


def _detail(decision: Decision) -> dict[str, Any]:
    return dict(json.loads(decision.detail))
