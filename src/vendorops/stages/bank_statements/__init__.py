"""Enters what banks tell, and finds out what became of each payment; nothing is ever guessed.

A file is read and entered in one step, and explained in the next. A line that names a payment by
its end-to-end id, our batch by its message id, or one of our references in its text, in the right
amount, currency and account, explains itself; of any other finance is asked.
"""

from sqlmodel import col, or_, select

from vendorops.books import Books, log
from vendorops.domain.lifecycle import BankEntryStatus, BankFileStatus
from vendorops.domain.refusal import Refused, Unsafe
from vendorops.gateways.child import Quarantined
from vendorops.stages import Step
from vendorops.stages.bank_statements.entering import enter, in_words
from vendorops.stages.bank_statements.explaining import explain
from vendorops.stages.bank_statements.receiving import receive
from vendorops.tables import BankEntry, BankFile, BankStatement, Event, Refusal

__all__ = ["OWNER", "SUBJECT", "advance", "ready", "receive"]

SUBJECT = BankFile
OWNER = "finance"
"""The role that sees to what is refused here."""
UNREADABLE = (BankFileStatus.REJECTED, BankFileStatus.QUARANTINED)
_TABLE = BankFile.__name__.lower()


def ready(books: Books) -> list[int]:
    """Return files not entered, or not explained to the last line, or refused and nobody told."""
    told = select(Refusal.subject_id).where(
        col(Refusal.stage) == "bank_statements", col(Refusal.subject_table) == _TABLE
    )
    opened = (
        select(BankStatement.bank_file_id)
        .join(BankEntry, col(BankEntry.bank_statement_id) == col(BankStatement.id))
        .where(col(BankEntry.status) == BankEntryStatus.OPEN)
    )
    query = select(BankFile.id).where(
        or_(
            col(BankFile.status) == BankFileStatus.RECEIVED,
            col(BankFile.id).in_(opened),
            col(BankFile.status).in_(UNREADABLE) & col(BankFile.id).not_in(told),
        )
    )
    return list(books.session.exec(query.order_by(col(BankFile.id))))


def advance(books: Books, ident: int) -> Step:
    """Enter one file, or explain its lines as far as they can be.

    What is wrong with a file is written down first, as its last state, and refused in the next
    step: a refusal undoes the step in which it is raised.
    """
    file = books.get(BankFile, ident)
    if file.status in UNREADABLE:
        raise Refused(_why(books, file))
    if file.status == BankFileStatus.RECEIVED:
        return _entered(books, file)
    log.lock(books.session)  # Of two files that tell of one payment, one is there before.
    waiting = [entry for entry in _open(books, file) if not explain(books, entry)]
    return Step.WAITING if waiting else Step.DONE


def _entered(books: Books, file: BankFile) -> Step:
    log.lock(books.session)
    try:
        entered = enter(books, file)
    except Refused as refusal:
        unsafe = isinstance(refusal, Quarantined | Unsafe)
        after = BankFileStatus.QUARANTINED if unsafe else BankFileStatus.REJECTED
        books.move(file, after, because=str(refusal))
        return Step.AGAIN
    books.move(file, BankFileStatus.ENTERED, because=in_words(entered))
    return Step.AGAIN


def _open(books: Books, file: BankFile) -> list[BankEntry]:
    query = (
        select(BankEntry)
        .join(BankStatement, col(BankStatement.id) == col(BankEntry.bank_statement_id))
        .where(
            col(BankStatement.bank_file_id) == file.id,
            col(BankEntry.status) == BankEntryStatus.OPEN,
        )
    )
    return list(books.session.exec(query.order_by(col(BankEntry.id))))


def _why(books: Books, file: BankFile) -> str:
    """Return the reason with which a file was moved to its last state."""
    query = select(Event.reason).where(
        col(Event.subject_table) == _TABLE,
        col(Event.subject_id) == file.id,
        col(Event.after) == file.status,
    )
    return books.session.exec(query.order_by(col(Event.seq).desc())).first() or ""
