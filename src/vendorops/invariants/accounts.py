"""Bank accounts: what must be true of those that may be paid, and of the first money to them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.bank_policy import POLICY
from vendorops.domain.lifecycle import BankAccountStatus, PaymentBatchStatus
from vendorops.invariants._rule import Invariant
from vendorops.paying.accounts.proof import unapproved
from vendorops.tables import BankAccount, Event, Payment, PaymentBatch

USED = (BankAccountStatus.ACTIVE, BankAccountStatus.SUPERSEDED)
NONE = timedelta(0)


def _proved(books: Books) -> Iterator[str]:
    for account in _used(books):
        three = {account.proposed_by, account.verified_by, account.approved_by} - {None}
        if len(three) < 3 or unapproved(books, account) or _too_soon(books, account):  # noqa: PLR2004 - people.
            yield account.reference


def _used(books: Books) -> list[BankAccount]:
    """Return the accounts that were put into use, those revoked since included."""
    query = select(BankAccount).where(
        col(BankAccount.status).in_(USED) | col(BankAccount.active_from).is_not(None)
    )
    return list(books.session.exec(query.order_by(col(BankAccount.reference))))


def _too_soon(books: Books, account: BankAccount) -> bool:
    """Tell whether an account was used before its hours were over, by its row or the history.

    Where time is played, the history has the real instants and tells nothing about it.
    """
    if account.approved_at is None or account.active_at is None or account.approved_on is None:
        return True
    cooling = POLICY.on(account.approved_on).cooling
    told = _told(books, account.id)
    begun, ended = told.get("approved"), told.get("active")
    lived = ended - begun if begun and ended else NONE
    too_soon_lived = not books.settings.simulated and lived < cooling
    return account.active_at - account.approved_at < cooling or too_soon_lived


def _told(books: Books, ident: int) -> dict[str, datetime]:
    query = select(Event.after, Event.at).where(
        col(Event.subject_table) == "bankaccount", col(Event.subject_id) == ident
    )
    return dict(books.session.exec(query.where(col(Event.after) != "")).all())


def _first_by_hand(books: Books) -> Iterator[str]:
    seen: set[int] = set()
    for batch in _released(books):
        query = select(Payment).where(col(Payment.batch_id) == batch.id)
        payments = books.session.exec(query).all()
        payees = {row.bank_account_id for row in payments}
        for ident in sorted(payees - seen):
            account = books.get(BankAccount, ident)
            if len(payments) != 1 or not _let_go(books, batch, account):
                yield account.reference
        seen |= payees


def _released(books: Books) -> list[PaymentBatch]:
    """Return the batches that were released, in the order in which they were."""
    query = (
        select(PaymentBatch)
        .join(Event, col(Event.subject_id) == col(PaymentBatch.id))
        .where(
            col(Event.subject_table) == "paymentbatch",
            col(Event.after) == PaymentBatchStatus.RELEASED.value,
        )
    )
    return list(books.session.exec(query.order_by(col(Event.seq))))


def _let_go(books: Books, batch: PaymentBatch, account: BankAccount) -> bool:
    """Tell whether somebody who had no part in the account let its first payment go."""
    connection = books.session.connection()
    found = connection.exec_driver_sql(LET_GO.format(batch=batch.id)).scalars().all()
    hands = {account.proposed_by, account.entered_by, account.verified_by, account.approved_by}
    return bool(found) and hands.isdisjoint(found) and account.first_paid_on is not None


LET_GO = (
    "SELECT answered_by FROM decision WHERE kind = 'first_payment' AND answer = 'approve' "
    "AND status = 'answered' AND subject_table = 'paymentbatch' AND subject_id = {batch}"
)

INVARIANTS = (
    Invariant(
        "S08",
        "an account that was put into use was let in, proposed, called back and approved by "
        "different people, its name checked, its cooling-off lived through",
        _proved,
    ),
    Invariant(
        "S20",
        "no money went to an account before it was in use",
        """
        SELECT b.reference FROM payment p JOIN bankaccount b ON b.id = p.bank_account_id
        JOIN event sent ON sent.subject_table = 'payment' AND sent.subject_id = p.id
        AND sent.after = 'sent' AND sent.action = 'moved'
        WHERE NOT EXISTS (
            SELECT 1 FROM event used WHERE used.subject_table = 'bankaccount'
            AND used.subject_id = b.id AND used.after = 'active' AND used.action = 'moved'
            AND used.seq < sent.seq)
        """,
    ),
    Invariant(
        "S21",
        "the first money to an account went alone, let go by hand by somebody without part in it",
        _first_by_hand,
    ),
    Invariant(
        "S22",
        "who was on file before, and the owner, were told of every account proposed for a "
        "supplier that we know",
        """
        SELECT b.reference FROM bankaccount b JOIN contact c ON c.party_id = b.party_id
        JOIN supplier s ON s.party_id = b.party_id
        WHERE c.kind = 'email'
        AND (c.bank_account_id IS NULL OR c.bank_account_id <> b.id)
        AND EXISTS (
            SELECT 1 FROM decision d JOIN qualification q ON q.id = d.subject_id
            JOIN event let_in ON let_in.subject_table = 'decision' AND let_in.subject_id = d.id
            AND let_in.after = 'answered'
            JOIN event asked ON asked.subject_table = 'bankaccount' AND asked.subject_id = b.id
            AND asked.action = 'entered' AND asked.seq > let_in.seq
            JOIN event filed ON filed.subject_table = 'contact' AND filed.subject_id = c.id
            AND filed.action = 'entered' AND filed.seq < asked.seq
            WHERE d.kind = 'qualification' AND d.answer = 'approve' AND q.supplier_id = s.id)
        AND NOT EXISTS (
            SELECT 1 FROM accountnotice n JOIN effect e ON e.sha256 = n.sha256
            WHERE n.bank_account_id = b.id AND n.contact_id = c.id)
        UNION SELECT b.reference FROM accountnotice n JOIN bankaccount b
        ON b.id = n.bank_account_id
        WHERE NOT EXISTS (SELECT 1 FROM effect e WHERE e.sha256 = n.sha256)
        """,
    ),
)
