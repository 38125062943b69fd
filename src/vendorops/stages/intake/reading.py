"""Has files read in children: ahead and many at once, or one now; statements by their mapping."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents import kept
from vendorops.domain.claim_suggestion import ClaimSuggestion
from vendorops.domain.lifecycle import ReceivedFileStatus
from vendorops.domain.refusal import Refused
from vendorops.gateways.claim_reading import FileRead, GivenFile, read_file, read_files
from vendorops.stages.intake.mappings import in_force, mapping_of
from vendorops.tables import ReceivedFile, StatementLayout, Supplier

READ = "vendorops.intake.read"
"""Under which name a session keeps what was read ahead, by the key of the file."""


@dataclass(frozen=True)
class Reading:
    """What was read of a file, and by which saved mapping."""

    read: FileRead
    mapping: StatementLayout | None = None


def unread(books: Books, idents: Sequence[int]) -> Sequence[ReceivedFile]:
    """Return those of some files that were not read yet."""
    query = select(ReceivedFile).where(
        col(ReceivedFile.id).in_(idents),
        col(ReceivedFile.status) == ReceivedFileStatus.RECEIVED.value,
    )
    return books.session.exec(query.order_by(col(ReceivedFile.id))).all()


def read_ahead(books: Books, files: Sequence[ReceivedFile]) -> None:
    """Read many files ahead, in a few children instead of one for each."""
    read = zip(files, read_files(_given(books, file) for file in files), strict=True)
    books.session.info[READ] = {file.id: outcome for file, outcome in read}


def reading_of(books: Books, file: ReceivedFile) -> Reading:
    """Return what a file says, by a mapping where one was saved for its layout.

    Raises Quarantined where it broke a limit or its reader.
    """
    first = _first(books, file)
    found = in_force(books, first.layout, file.supplier_id) if first.layout else []
    mappings = {mapping_of(row) for row in found}
    if not mappings:
        return Reading(first)
    if len(mappings) > 1:
        return Reading(_undecided(first, found))
    given = replace(_given(books, file), mapping=mappings.pop())
    return Reading(read_file(given), found[0])


def _first(books: Books, file: ReceivedFile) -> FileRead:
    ahead: dict[int, FileRead | Refused] = books.session.info.get(READ, {})
    outcome = ahead.pop(file.id, None)  # What is read again later may be read otherwise.
    if outcome is None:
        return read_file(_given(books, file))
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


def _given(books: Books, file: ReceivedFile) -> GivenFile:
    seller = books.get(Supplier, file.supplier_id).reference if file.supplier_id else ""
    return GivenFile(kept(books, file.sha256), file.name, seller=seller)


def _undecided(first: FileRead, found: Sequence[StatementLayout]) -> FileRead:
    """Return a suggestion in the place of what may have to be read in several ways."""
    names = ", ".join(row.reference for row in found)
    why = (
        f"E_STATEMENT_MAPPING: {names} say different things of this layout; take the file in with"
        " --supplier, so that it is known whose it is"
    )
    known = first.suggestion or ClaimSuggestion(first.format, why)
    suggestion = replace(known, why=why, lines=(), fields=())
    return replace(first, claim=None, refusal="", suggestion=suggestion)
