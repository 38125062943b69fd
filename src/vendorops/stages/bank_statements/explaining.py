"""Explains lines of a bank: what became of payments is booked, of the rest finance is asked."""

from sqlmodel import col, select

from vendorops.books import Books, decided
from vendorops.domain.bank_statement import is_charge
from vendorops.domain.lifecycle import BankEntryStatus, PaymentStatus
from vendorops.paying.bank_answers import Told, refused
from vendorops.stages.bank_statements.deciding import as_decided, question
from vendorops.stages.bank_statements.finding import ON_ITS_WAY, Found, find, judged
from vendorops.stages.bank_statements.matching import Said, enter_match, match
from vendorops.tables import BankEntry, BankStatement, CheckFinding, Payment, PaymentBatch

TAKEN = frozenset({"ACCP", "ACSP", "ACSC", "ACWC", "ACCC"})
"""What the bank says of an order that it carries out (ISO 20022 external status codes)."""
REFUSED = "RJCT"


def explain(books: Books, entry: BankEntry) -> bool:
    """Explain one open line; tell whether it is explained now."""
    statement = books.get(BankStatement, entry.bank_statement_id)
    if statement.kind == "answer":
        return _answered(books, entry)
    if statement.kind == "notification":
        return _noted(books, entry)
    found = find(books, entry)
    if found.payments:
        match(books, entry, found.payments, Said(found.charge_minor))
        return True
    own = entry.direction == "debit" and is_charge(entry.code)
    if own and found.code == "E_BANK_UNKNOWN":
        match(books, entry, (), Said(entry.amount_minor))
        return True
    _write_down(books, entry, found)
    decision = decided(books, question(books, entry, found))
    return decision is not None and as_decided(books, entry, decision)


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
            enter_match(books, entry, payment, "rejected", None)
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
