"""Tells which claims a credit note took back, so that billing them again is no duplicate."""

from collections.abc import Collection
from functools import partial

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.claiming.duplicates.sight import ClaimSight, sights
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.tables import Invoice


def credited(books: Books, claims: Collection[ClaimSight]) -> dict[int, str]:
    """Return the reference of the credit note for each claim that was taken back whole.

    A credit note serves one claim: of the same contract, currency and net, of the same work, or
    in the same words where one of them names none; the newest there was when the note came.
    """
    found: dict[int, str] = {}
    if not claims:
        return found
    for note in _notes(books, claims):
        fits = [one for one in claims if one.id not in found and _takes_back(note, one)]
        if fits:
            likeliest = max(fits, key=partial(_likelihood, note))
            found[likeliest.id] = note.reference
    return found


def _likelihood(note: ClaimSight, claim: ClaimSight) -> tuple[bool, bool, int]:
    """Return a sort key: what says the same goes before, then what was there before the note."""
    return _words(note) == _words(claim), claim.id < note.id, claim.id


def _words(claim: ClaimSight) -> set[str]:
    return {line.text for line in claim.lines}


def _notes(books: Books, claims: Collection[ClaimSight]) -> list[ClaimSight]:
    query = select(Invoice.id).where(
        col(Invoice.contract_id).in_({one.contract_id for one in claims}),
        col(Invoice.kind) == "credit_note",
        col(Invoice.net_minor).in_({-one.net_minor for one in claims}),
        col(Invoice.issue_date) >= min(one.issue_date for one in claims),
        col(Invoice.status) != InvoiceStatus.REJECTED.value,
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
