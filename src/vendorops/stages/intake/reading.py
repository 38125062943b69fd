"""Has files read and judged: ahead and many at once, or one now; statements by their mapping."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents import kept
from vendorops.domain.claim_suggestion import ClaimSuggestion
from vendorops.domain.lifecycle import ReceivedFileStatus
from vendorops.gateways.claim_judging import Judgement, judge_claims
from vendorops.gateways.claim_reading import FileRead, GivenFile, read_file
from vendorops.gateways.official_rules import Rules
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
    """Have many files read and judged ahead, on all processors, in a few children for all."""
    books.session.info[READ] = dict(
        zip((file.id for file in files), _judged(books, files), strict=True)
    )


def judgement_of(books: Books, file: ReceivedFile) -> Judgement:
    """Return what is known of a file: as it was judged ahead, or having it judged now."""
    ahead: dict[int, Judgement] = books.session.info.get(READ, {})
    known = ahead.pop(file.id, None)  # What is read again later may be read otherwise.
    return known or next(_judged(books, [file]))


def _judged(books: Books, files: Sequence[ReceivedFile]) -> Iterator[Judgement]:
    given = (_given(books, file) for file in files)
    return judge_claims(given, Rules(folder=books.settings.rules), count=len(files))


def reading_of(books: Books, file: ReceivedFile, judgement: Judgement) -> Reading:
    """Return what a file says, by a mapping where one was saved for its layout.

    Raises Quarantined where it broke a limit of its reader or of those who judge it.
    """
    first = judgement.said()
    found = in_force(books, first.layout, file.supplier_id) if first.layout else []
    mappings = {mapping_of(row) for row in found}
    if not mappings:
        return Reading(first)
    if len(mappings) > 1:
        return Reading(_undecided(first, found))
    given = replace(_given(books, file), mapping=mappings.pop())
    return Reading(read_file(given), found[0])


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
