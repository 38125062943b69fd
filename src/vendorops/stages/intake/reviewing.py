"""Asks finance what a file claims that no reader is certain of; only the answer is booked."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.chain import canonical
from vendorops.books.entered_claims import MOST_LINES, entered, entered_claim
from vendorops.books.questions import Question, decided
from vendorops.books.withdrawing import withdraw
from vendorops.domain.claim import ClaimDocument
from vendorops.domain.claim_suggestion import ClaimSuggestion, SuggestedField
from vendorops.domain.lifecycle import ReceivedFileStatus
from vendorops.domain.refusal import Refused
from vendorops.stages.intake.mappings import in_force
from vendorops.stages.intake.resolving import supplier_of
from vendorops.tables import Decision, ReceivedFile, SuggestedClaim

KIND = "claim_review"
ROLE = "finance"
SHOWN = 10
"""Fields named in the question."""
_FOUND = TypeAdapter(ClaimSuggestion)


class NeverReviewed(Refused):
    """The file was certain from the start."""


def to_review(
    books: Books, file: ReceivedFile, suggestion: ClaimSuggestion, layout: str
) -> SuggestedClaim:
    """Keep what a file seems to say, and wait for a person to say what it does."""
    known = _named(books, suggestion)
    row = books.enter(
        SuggestedClaim(
            id=books.key(),
            received_file_id=file.id,
            format=known.format,
            layout_sha256=layout,
            why=known.why,
            found=canonical(_FOUND.dump_python(known, mode="json")).decode(),
            suggested_on=books.as_of,
        ),
        because=f"{len(known.fields)} fields and {len(known.lines)} lines suggested",
    )
    books.move(file, ReceivedFileStatus.IN_REVIEW, because=known.why)
    return row


def _named(books: Books, suggestion: ClaimSuggestion) -> ClaimSuggestion:
    """Return a suggestion with its supplier instead of numbers, short enough for a form."""
    fields = suggestion.fields
    supplier = supplier_of(books, suggestion.seller_numbers)
    if supplier and all(field.name != "supplier" for field in fields):
        where = "by a number of it in the file"
        fields = (*fields, SuggestedField("supplier", supplier.reference, where))
    lines = suggestion.lines if len(suggestion.lines) <= MOST_LINES else ()
    return replace(suggestion, fields=fields, lines=lines, seller_numbers=())


def suggested(books: Books, file: ReceivedFile) -> tuple[SuggestedClaim, ClaimSuggestion]:
    """Return the newest suggestion of a file that was reviewed; refused where none was."""
    query = select(SuggestedClaim).where(col(SuggestedClaim.received_file_id) == file.id)
    row = books.session.exec(query.order_by(col(SuggestedClaim.id).desc())).first()
    if row is None:
        raise NeverReviewed(
            f"nothing was suggested of {file.reference}: it is {file.status}; see vendorops inbox"
        )
    return row, _FOUND.validate_python(json.loads(row.found))


def answer_of(books: Books, file: ReceivedFile) -> Decision | None:
    """Return what a person said the file claims, or ask and return None."""
    row, found = suggested(books, file)
    return decided(
        books,
        Question(
            kind=KIND,
            subject=file,
            content={"file": file.sha256, "suggested": row.found},
            sentence=_sentence(file, row, found),
            role=ROLE,
        ),
    )


def _sentence(file: ReceivedFile, row: SuggestedClaim, found: ClaimSuggestion) -> str:
    said = ", ".join(f"{field.name} {field.value[:40]}" for field in found.fields[:SHOWN])
    lines = f", {len(found.lines)} lines" if found.lines else ""
    return (
        f"What does {file.reference} ({file.name}) claim? {row.why}."
        f" Suggested: {said or 'nothing'}{lines}. See vendorops invoice review."
    )


def overtaken(books: Books, file: ReceivedFile) -> bool:
    """Tell whether a mapping was saved since a file was found uncertain; then it is read again."""
    row, _ = suggested(books, file)
    saved = in_force(books, row.layout_sha256, file.supplier_id) if row.layout_sha256 else []
    return any(mapping.id > row.id for mapping in saved)


def read_again(books: Books, file: ReceivedFile, because: str) -> None:
    """Put a file back to be read, and take back what was asked about it."""
    withdraw(books, file, because)
    books.move(file, ReceivedFileStatus.RECEIVED, because=because)


def claim_in(books: Books, file: ReceivedFile, decision: Decision) -> ClaimDocument:
    """Return the claim that an answer carries."""
    row, _ = suggested(books, file)
    detail: Mapping[str, Any] = json.loads(decision.detail)
    return entered_claim(entered(detail["claim"]), row.format)
