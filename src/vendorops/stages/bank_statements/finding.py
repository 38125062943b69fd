"""Finds out which payment a line of the bank is about, or says why nobody can tell."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.part_returns import came_back_in_parts
from vendorops.domain.lifecycle import PaymentStatus
from vendorops.domain.money import Money
from vendorops.tables import (
    BankEntry,
    BankMatch,
    BankStatement,
    Filing,
    PartReturn,
    Payment,
    PaymentBatch,
    Settlement,
)

ON_ITS_WAY = (PaymentStatus.SENT, PaymentStatus.ACCEPTED_BY_BANK)
BEFORE_SENDING = (PaymentStatus.PLANNED, PaymentStatus.APPROVED, PaymentStatus.CANCELLED)


@dataclass(frozen=True)
class Found:
    """Payments that a line explains, or a code and sentence why it explains none."""

    payments: tuple[Payment, ...] = ()
    code: str = ""
    why: str = ""
    candidates: tuple[str, ...] = ()
    """References of payments that it might be."""
    charge_minor: int = 0
    """What of the line the bank took for itself."""


def find(books: Books, entry: BankEntry) -> Found:
    """Return what a booked line is about, by end-to-end id, message id or reference named."""
    if entry.end_to_end_id:
        query = select(Payment).where(col(Payment.end_to_end_id) == entry.end_to_end_id)
        if known := books.session.exec(query).all():
            return judged(books, entry, known[0])
    named = [*_named(books, entry)]
    if len(named) == 1:
        return judged(books, entry, named[0])
    if entry.direction == "debit" and (batch := _batch(books, entry)):
        return _whole(books, entry, batch)
    return _unknown(books, entry, named)


def without_charges(entry: BankEntry, charge_minor: int) -> int:
    """Return the amount of a line but for what the bank took for itself."""
    return entry.amount_minor + (charge_minor if entry.direction == "credit" else -charge_minor)


def judged(
    books: Books, entry: BankEntry, payment: Payment, charge_minor: int | None = None
) -> Found:
    """Return a payment that a line is about, or what stands against it.

    The charge is what a person says, nothing too; None where only the bank told of one.
    """
    batch = books.get(PaymentBatch, payment.batch_id)
    statement = books.get(BankStatement, entry.bank_statement_id)
    only, reference = (payment.reference,), payment.reference
    if batch.debtor_account_id != statement.bank_account_id:
        return Found((), "E_BANK_OTHER_ACCOUNT", f"{reference} is paid from another account", only)
    charge = _told_charge(entry, payment) if charge_minor is None else charge_minor
    code, why = _against(books, entry, payment, charge)
    return Found((), code, why, only) if code else Found((payment,), charge_minor=charge)


def judged_part(
    books: Books, entry: BankEntry, payment: Payment, charge_minor: int, part_minor: int
) -> Found:
    """Return a payment of which a person says that a part came back, or what stands against it."""
    batch = books.get(PaymentBatch, payment.batch_id)
    statement = books.get(BankStatement, entry.bank_statement_id)
    before = came_back_in_parts(books, payment).minor
    told = without_charges(entry, charge_minor), entry.currency
    fits = (
        entry.direction == "credit"
        and batch.debtor_account_id == statement.bank_account_id
        and told == (part_minor, payment.currency)
        and payment.status == PaymentStatus.SETTLED
        and payment.filing_id is None
        and part_minor < payment.amount_minor
        and before + part_minor <= payment.amount_minor
    )
    return Found((payment,)) if fits else Found((), "E_BANK_PART", "it is no part of it")


def _told_charge(entry: BankEntry, payment: Payment) -> int:
    """Return what the bank says it took; what it left open only where that is what is missing."""
    whole = entry.charges_minor + entry.charges_unsaid_minor
    explained = without_charges(entry, whole) == payment.amount_minor
    return whole if explained else entry.charges_minor


def _against(
    books: Books, entry: BankEntry, payment: Payment, charge_minor: int
) -> tuple[str, str]:
    """Return what keeps a line of the right account from being what became of a payment."""
    reference = payment.reference
    moved = without_charges(entry, charge_minor)
    if (moved, entry.currency) != (payment.amount_minor, payment.currency):
        return _other_amount(books, entry, payment, moved)
    if payment.status in BEFORE_SENDING:
        return "E_BANK_NOT_SENT", f"{reference} is {payment.status}, and these books never sent it"
    kind = "booked" if entry.direction == "debit" else "returned"
    if _matched(books, payment, kind):
        return "E_BANK_TWICE", f"{reference} was {kind} before"
    if kind == "booked" and payment.status not in ON_ITS_WAY:
        return "E_BANK_TWICE", f"{reference} is {payment.status}"
    if kind == "returned" and payment.status != PaymentStatus.SETTLED:
        return "E_BANK_NOT_BOOKED", f"{reference} comes back and was not booked; is one missing?"
    before = came_back_in_parts(books, payment) if kind == "returned" else None
    return _after_parts(reference, before) if before else ("", "")


def _after_parts(reference: str, before: Money) -> tuple[str, str]:
    return "E_BANK_TWICE", f"{before} of {reference} came back before, so not all of it can now"


def _other_amount(books: Books, entry: BankEntry, payment: Payment, moved: int) -> tuple[str, str]:
    paid = Money(payment.amount_minor, payment.currency)
    told = f"{payment.reference} is of {paid}"
    is_part = entry.direction == "credit" and moved < paid.minor
    if not is_part or entry.currency != paid.currency:
        return "E_BANK_AMOUNT", told
    before, came = came_back_in_parts(books, payment), Money(moved, paid.currency)
    if before and (before + came).minor > paid.minor:
        return _after_parts(payment.reference, before)
    if before:
        return "E_BANK_PART", f"{told}, and {before} of it came back before"
    return "E_BANK_PART", (
        f"{told}: it came back whole only if the bank kept the other {paid - came} as its charge. "
        "Where the payee kept them, say no charge, or these would be paid twice"
    )


def _matched(books: Books, payment: Payment, kind: str) -> bool:
    query = select(BankMatch.id).where(
        col(BankMatch.payment_id) == payment.id, col(BankMatch.kind) == kind
    )
    return books.session.exec(query).first() is not None


def _named(books: Books, entry: BankEntry) -> list[Payment]:
    """Return the payments whose reference, or whose settlement's or return's, a text names."""
    names = entry.named.split()
    query = (
        select(Payment)
        .outerjoin(PartReturn, col(PartReturn.bank_entry_id) == col(Payment.returned_by_id))
        .outerjoin(
            Settlement,
            col(Settlement.id)
            == func.coalesce(col(Payment.settlement_id), col(PartReturn.settlement_id)),
        )
        .outerjoin(Filing, col(Filing.id) == col(Payment.filing_id))
        .where(
            col(Payment.reference).in_(names)
            | col(Settlement.reference).in_(names)
            | col(Filing.reference).in_(names),
            col(Payment.status).not_in(BEFORE_SENDING),
        )
        .order_by(col(Payment.reference))
    )
    found = books.session.exec(query).all() if names else []
    exact = [row for row in found if row.reference in names]
    underway = [row for row in found if row.status in ON_ITS_WAY]
    return list(exact or (underway if entry.direction == "debit" else []) or found)


def _batch(books: Books, entry: BankEntry) -> PaymentBatch | None:
    """Return the batch of ours that an entry books whole, by the message id it names."""
    names = {*entry.batch_ids.split(), *entry.named.split()}
    query = select(PaymentBatch).where(col(PaymentBatch.message_id).in_(names))
    found = books.session.exec(query).all() if names else []
    return found[0] if len(found) == 1 else None


def _whole(books: Books, entry: BankEntry, batch: PaymentBatch) -> Found:
    """Return what of a batch is on its way, where the entry is exactly their sum."""
    query = select(Payment).where(col(Payment.batch_id) == batch.id)
    every = books.session.exec(query.order_by(col(Payment.reference))).all()
    underway = tuple(row for row in every if row.status in ON_ITS_WAY)
    names = tuple(row.reference for row in underway or every)
    statement = books.get(BankStatement, entry.bank_statement_id)
    if batch.debtor_account_id != statement.bank_account_id:
        return Found((), "E_BANK_OTHER_ACCOUNT", f"{batch.reference} has another account", names)
    if not underway:
        code = "E_BANK_NOT_SENT" if batch.released_by is None else "E_BANK_TWICE"
        return Found((), code, f"no payment of {batch.reference} is on its way", names)
    expected = Money(sum(row.amount_minor for row in underway), batch.currency)
    moved = without_charges(entry, entry.charges_minor)
    if (moved, entry.currency) != (expected.minor, expected.currency):
        why = f"{batch.reference} has {expected} on its way"
        return Found((), "E_BANK_AMOUNT", why, names)
    return Found(underway, charge_minor=entry.charges_minor)


def _unknown(books: Books, entry: BankEntry, named: list[Payment]) -> Found:
    """Return what a line without an id might be: what is of its amount, never what it is."""
    alike = named or _alike(books, entry)
    names = tuple(row.reference for row in alike)
    if len(names) > 1:
        return Found((), "E_BANK_TWO", f"it fits {', '.join(names)}", names)
    if names:
        return Found(
            (), "E_BANK_NO_ID", f"it names no payment; {names[0]} is of its amount", names
        )
    return Found((), "E_BANK_UNKNOWN", "no payment of ours is of its amount and id")


def _alike(books: Books, entry: BankEntry) -> list[Payment]:
    statement = books.get(BankStatement, entry.bank_statement_id)
    states = ON_ITS_WAY if entry.direction == "debit" else (PaymentStatus.SETTLED,)
    query = (
        select(Payment)
        .join(PaymentBatch, col(PaymentBatch.id) == col(Payment.batch_id))
        .where(
            col(PaymentBatch.debtor_account_id) == statement.bank_account_id,
            col(Payment.amount_minor) == entry.amount_minor,
            col(Payment.currency) == entry.currency,
            col(Payment.status).in_(states),
        )
    )
    return list(books.session.exec(query.order_by(col(Payment.reference)).limit(10)))
