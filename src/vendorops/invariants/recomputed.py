"""What only recomputation or the vault's key can tell: files, secrets, kept documents, seals."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import TypeVar

from sqlmodel import col, select

from vendorops.books import Books, content_sha256, vault
from vendorops.books.cipher import NotTheSealedOne
from vendorops.documents import kept
from vendorops.documents.filing_sheets import filing_sheets_again
from vendorops.documents.information_returns import has_statements
from vendorops.documents.own_files import own_file_again
from vendorops.documents.payment_files import payment_file_again
from vendorops.documents.statements import settlement_statement
from vendorops.documents.tax_returns import is_report
from vendorops.domain.lifecycle import FilingStatus, ReconciliationStatus
from vendorops.domain.refusal import Refused
from vendorops.invariants._rule import Invariant
from vendorops.stages.reconciliation.replay import faults
from vendorops.tables import (
    BankAccount,
    Filing,
    FilingSheet,
    Party,
    PaymentBatch,
    Reconciliation,
    Row,
    Settlement,
    StoredDocument,
    VaultEntry,
)

R = TypeVar("R", bound=Row)
WITHDRAWN = (FilingStatus.REJECTED, FilingStatus.AMENDED, FilingStatus.SUPERSEDED)
"""In the place of these another version stands; what they rested on may have been corrected."""
INSIDE = (FilingStatus.PREPARED, FilingStatus.CHECKED, FilingStatus.APPROVED)
"""Sheets of these can still be written anew. Once they left the house they say what payees were
called and where they lived on that day, which the books need not know any more."""
SEALED = (ReconciliationStatus.SEALED, ReconciliationStatus.SUPERSEDED)


def _files_are_what_their_rows_say(books: Books) -> Iterator[str]:
    batches = select(PaymentBatch).order_by(col(PaymentBatch.reference))
    filings = select(Filing).where(col(Filing.status).not_in(WITHDRAWN))
    for batch in _broken(
        books,
        books.session.exec(batches).all(),
        lambda row: _hash(payment_file_again(books, row)) == row.file_sha256,
    ):
        yield batch.reference
    for filing in _broken(
        books,
        books.session.exec(filings.order_by(col(Filing.reference))).all(),
        lambda row: _hash(_form(books, row)) == row.file_sha256 and _sheets_are_kept(books, row),
    ):
        yield filing.reference


def _form(books: Books, filing: Filing) -> bytes:
    """Return the form written anew.

    Of one that left the house and tells of payees one by one it is the file that was kept: what it
    says depends on where they lived then, or on payments that came back since.
    """
    if filing.status not in INSIDE and (has_statements(filing) or is_report(filing)):
        return kept(books, filing.file_sha256)
    return own_file_again(books, filing)


def _sheets_are_kept(books: Books, filing: Filing) -> bool:
    if filing.status not in INSIDE:
        hashes = select(FilingSheet.sha256).where(col(FilingSheet.filing_id) == filing.id)
        return all(_hash(kept(books, digest)) == digest for digest in books.session.exec(hashes))
    files = filing_sheets_again(books, filing).values()
    return all(_hash(data) == digest for digest, data in files)


def _secrets_open_and_are_found(books: Books) -> Iterator[str]:
    entries = books.session.exec(select(VaultEntry).order_by(col(VaultEntry.id))).all()
    for entry in _broken(
        books, entries, lambda row: _is_found(books, row, vault.opened(books, row))
    ):
        yield f"{entry.subject_column} of {entry.subject_table} {entry.subject_id}"


def _is_found(books: Books, entry: VaultEntry, number: str) -> bool:
    """Tell whether the blind index beside a secret is that of the secret, where there is one."""
    if entry.subject_table == "party":
        party = books.get(Party, entry.subject_id)
        scheme, index = party.identifier_scheme, party.identifier_index
    elif entry.subject_table == "bankaccount":
        account = books.get(BankAccount, entry.subject_id)
        scheme, index = account.scheme, account.number_index
    else:
        return True
    return vault.blind_index(books, number, scheme) == index


def _documents_are_kept(books: Books) -> Iterator[str]:
    documents = books.session.exec(select(StoredDocument).order_by(col(StoredDocument.id))).all()
    for document in _broken(
        books, documents, lambda row: len(kept(books, row.sha256)) == row.size
    ):
        yield f"{document.title}, {document.sha256[:12]}"


def _reconciliations_come_out_the_same(books: Books) -> Iterator[str]:
    query = select(Reconciliation).where(col(Reconciliation.status).in_(SEALED))
    rows = books.session.exec(query.order_by(col(Reconciliation.reference))).all()
    for row in _broken(books, rows, lambda row: not faults(books, row)):
        yield row.reference


def _settlements_are_what_was_approved(books: Books) -> Iterator[str]:
    for row in books.session.exec(select(Settlement).order_by(col(Settlement.reference))):
        if content_sha256(settlement_statement(books, row)) != row.content_sha256:
            yield row.reference


def _broken(books: Books, rows: Sequence[R], holds: Callable[[R], bool]) -> Iterator[R]:
    """Return the rows of which something does not hold, or cannot even be computed."""
    for row in rows:
        try:
            # Not the session's own: undoing one would look through all rows that were read so far.
            with books.session.connection().begin_nested():
                sound = holds(row)
        except (Refused, NotTheSealedOne, LookupError, ValueError):
            sound = False
        if not sound:
            yield row


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()


INVARIANTS = (
    Invariant(
        "F2",
        "payment files and returns, written again from their rows, are the files that were kept",
        _files_are_what_their_rows_say,
    ),
    Invariant(
        "F3",
        "every secret opens where it lies, and is found by the index beside it",
        _secrets_open_and_are_found,
    ),
    Invariant("F4", "every document kept is there, as it was kept", _documents_are_kept),
    Invariant(
        "F6",
        "a sealed reconciliation, computed again from its rows, comes out the same",
        _reconciliations_come_out_the_same,
    ),
    Invariant(
        "F7",
        "a settlement, shown again from its rows, is the content that was approved",
        _settlements_are_what_was_approved,
    ),
)
