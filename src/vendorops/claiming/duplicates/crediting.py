"""Tells which claims a credit note took back, so that billing them again is no duplicate."""

from collections import Counter
from collections.abc import Collection
from functools import partial

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.claiming.duplicates.sight import ClaimSight, sights
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.tables import Invoice, InvoiceSource


def credited(books: Books, claims: Collection[ClaimSight]) -> dict[int, str]:
    """Return the reference of the credit note for each claim that was taken back whole.

    A credit note that names its sources (BT-25) takes back those alone, and several may take
    back one claim together. One that names none serves one claim: of the same contract, currency
    and net, of the same work, or in the same words where one of them names none; the newest
    there was when the note came.
    """
    found = _by_source(books, claims)
    left = [one for one in claims if one.id not in found]
    if not left:
        return found
    for note in _unsourced(books, left):
        fits = [one for one in left if one.id not in found and _takes_back(note, one)]
        if fits:
            likeliest = max(fits, key=partial(_likelihood, note))
            found[likeliest.id] = note.reference
    return found


def _by_source(books: Books, claims: Collection[ClaimSight]) -> dict[int, str]:
    """Return the newest credit note for each claim of which those that name it leave nothing."""
    query = (
        select(InvoiceSource.source_id, InvoiceSource.credited_minor, Invoice.reference)
        .join(Invoice, col(Invoice.id) == col(InvoiceSource.invoice_id))
        .where(
            col(InvoiceSource.source_id).in_([one.id for one in claims]),
            col(Invoice.status) != InvoiceStatus.REJECTED.value,
        )
        .order_by(col(Invoice.id))
    )
    taken: Counter[int] = Counter()
    newest: dict[int, str] = {}
    for source, minor, reference in books.session.exec(query):
        taken[source] += minor
        newest[source] = reference
    return {one.id: newest[one.id] for one in claims if 0 < one.gross_minor <= taken[one.id]}


def _likelihood(note: ClaimSight, claim: ClaimSight) -> tuple[bool, bool, int]:
    """Return a sort key: what says the same goes before, then what was there before the note."""
    return _words(note) == _words(claim), claim.id < note.id, claim.id


def _words(claim: ClaimSight) -> set[str]:
    return {line.text for line in claim.lines}


def _unsourced(books: Books, claims: Collection[ClaimSight]) -> list[ClaimSight]:
    """Return the credit notes over such nets that name no invoice they belong to."""
    query = select(Invoice.id).where(
        col(Invoice.contract_id).in_({one.contract_id for one in claims}),
        col(Invoice.kind) == "credit_note",
        col(Invoice.net_minor).in_({-one.net_minor for one in claims}),
        col(Invoice.issue_date) >= min(one.issue_date for one in claims),
        col(Invoice.status) != InvoiceStatus.REJECTED.value,
        col(Invoice.id).not_in(select(InvoiceSource.invoice_id)),
    )
    notes = sights(books, books.session.exec(query).all())
    return sorted(notes, key=lambda note: (note.issue_date, note.id))


def _takes_back(note: ClaimSight, claim: ClaimSight) -> bool:
    ours = {line.work for line in note.lines} - {0}
    theirs = {line.work for line in claim.lines} - {0}
    return (
        not claim.credit
        and (note.contract_id, note.currency) == (claim.contract_id, claim.currency)
        and note.net_minor == -claim.net_minor
        and note.issue_date >= claim.issue_date
        and (ours == theirs if ours and theirs else _words(note) == _words(claim))
    )
