"""Freezes release: books that were restored may have forgotten what they sent.

Nothing is planned or released until the bank's statements, up to the day of the freeze and without
a gap, explain every line and every payment sent. A batch that the bank shows as carried out may be
released again: its file has the same bytes and ids, by which the bank recognises it.
"""

from sqlalchemy import func
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.first_few import first_few_are
from vendorops.domain.lifecycle import BankEntryStatus, FreezeStatus, PaymentStatus
from vendorops.domain.refusal import Refused
from vendorops.paying.accounts.rights import FINANCE, holds
from vendorops.paying.statement_gaps import covered_to, gaps
from vendorops.tables import (
    BankAccount,
    BankEntry,
    BankStatement,
    LegalEntity,
    Payment,
    PaymentBatch,
    ReleaseFreeze,
)

ON_ITS_WAY = (PaymentStatus.SENT, PaymentStatus.ACCEPTED_BY_BANK)
SHOWN = 5
"""Lines and payments named at once."""


class NotCovered(Refused):
    """The bank has not told everything yet, so release stays frozen."""


def freeze(books: Books, because: str) -> ReleaseFreeze:
    """Freeze release from now on; where it is frozen the standing freeze is returned."""
    known = standing(books)
    if known:
        return known
    row = ReleaseFreeze(
        id=books.key(),
        reference=books.reference("FRZ"),
        frozen_on=books.as_of,
        frozen_by=books.actor,
        reason=because,
    )
    return books.enter(row, because=because)


def standing(books: Books) -> ReleaseFreeze | None:
    """Return the freeze that stands, if one does."""
    query = select(ReleaseFreeze).where(col(ReleaseFreeze.status) == FreezeStatus.STANDING)
    return books.session.exec(query.order_by(col(ReleaseFreeze.id))).first()


def frozen(books: Books) -> str:
    """Return why nothing is planned or released; empty where release is not frozen."""
    row = standing(books)
    if row is None:
        return ""
    return (
        f"E_BANK_FROZEN: release is frozen by {row.reference} since {row.frozen_on} "
        f"({row.reason}); take the bank's statements up to that day, then lift it"
    )


def lift(books: Books, because: str) -> ReleaseFreeze:
    """Let payments go again. Raises NotCovered, which names all that the bank has not told."""
    row = standing(books)
    if row is None:
        raise NotCovered("release is not frozen; there is nothing to lift")
    if not holds(books, FINANCE):
        raise NotCovered(f"E_BANK_FREEZE: {books.actor} may not lift a freeze; finance may")
    missing = uncovered(books, row)
    if missing:
        raise NotCovered(f"{row.reference} stands: {'; '.join(missing)}")
    row.lifted_on, row.lifted_by = books.as_of, books.actor
    books.move(row, FreezeStatus.LIFTED, because=because)
    return row


def uncovered(books: Books, row: ReleaseFreeze) -> list[str]:
    """Return what keeps a freeze standing."""
    query = (
        select(BankAccount)
        .join(LegalEntity, col(LegalEntity.party_id) == col(BankAccount.party_id))
        .where(
            (col(BankAccount.status) == "active")
            | col(BankAccount.id).in_(select(PaymentBatch.debtor_account_id))
        )
        .order_by(col(BankAccount.reference))
    )
    return [
        sentence for account in books.session.exec(query) for sentence in _of(books, account, row)
    ]


def _of(books: Books, account: BankAccount, row: ReleaseFreeze) -> list[str]:
    last, name = covered_to(books, account), account.reference
    if last is None or last < row.frozen_on:
        reach = f"reach to {last}" if last else "are missing"
        return [f"the statements of {name} {reach}; take them up to {row.frozen_on}"]
    found = [gap.why for gap in gaps(books, account)]
    if lines := _open_lines(books, account):
        found.append(f"of {name} {first_few_are(lines, SHOWN)} not explained")
    if unseen := _unseen(books, account):
        found.append(
            f"{first_few_are(unseen, SHOWN)} sent from {name}, and the bank shows nothing of it"
        )
    return found


def _open_lines(books: Books, account: BankAccount) -> list[str]:
    query = (
        select(BankEntry.reference)
        .join(BankStatement, col(BankStatement.id) == col(BankEntry.bank_statement_id))
        .where(
            col(BankStatement.bank_account_id) == account.id,
            col(BankEntry.status) == BankEntryStatus.OPEN,
        )
    )
    return list(books.session.exec(query.order_by(col(BankEntry.id))))


def _unseen(books: Books, account: BankAccount) -> list[str]:
    """Return payments that should be on a statement by now and are on none."""
    query = (
        select(Payment.reference)
        .join(PaymentBatch, col(PaymentBatch.id) == col(Payment.batch_id))
        .where(
            col(PaymentBatch.debtor_account_id) == account.id,
            col(PaymentBatch.execution_day) <= covered_to(books, account),
            col(Payment.status).in_(ON_ITS_WAY),
        )
    )
    return list(books.session.exec(query.order_by(col(Payment.reference))))


def at_the_bank(books: Books, batch: PaymentBatch) -> bool:
    """Tell whether the bank shows that it carried a batch out which these books did not send."""
    booked = (
        select(func.count())
        .select_from(Payment)
        .join(
            BankEntry,
            (col(BankEntry.end_to_end_id) == col(Payment.end_to_end_id))
            & (col(BankEntry.amount_minor) == col(Payment.amount_minor))
            & (col(BankEntry.currency) == col(Payment.currency)),
        )
        .join(BankStatement, col(BankStatement.id) == col(BankEntry.bank_statement_id))
        .where(
            col(Payment.batch_id) == batch.id,
            col(BankStatement.kind) == "statement",
            col(BankStatement.bank_account_id) == batch.debtor_account_id,
            col(BankEntry.direction) == "debit",
            col(BankEntry.status) == BankEntryStatus.OPEN,
        )
    )
    return books.session.exec(booked).one() == batch.count or _whole_at_the_bank(books, batch)


def _whole_at_the_bank(books: Books, batch: PaymentBatch) -> bool:
    query = (
        select(BankEntry.batch_ids)
        .join(BankStatement, col(BankStatement.id) == col(BankEntry.bank_statement_id))
        .where(
            col(BankStatement.kind) == "statement",
            col(BankStatement.bank_account_id) == batch.debtor_account_id,
            col(BankEntry.amount_minor) == batch.control_sum_minor,
            col(BankEntry.currency) == batch.currency,
            col(BankEntry.direction) == "debit",
            col(BankEntry.status) == BankEntryStatus.OPEN,
        )
    )
    return any(batch.message_id in named.split() for named in books.session.exec(query))
