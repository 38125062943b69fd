"""Keeps the documents of an application: a new version of a kind takes the place of the old."""

from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from sqlmodel import col, select

from vendorops.books import Books, canonical, vault
from vendorops.books.reviewing import drop
from vendorops.books.withdrawing import withdraw
from vendorops.documents import keep
from vendorops.documents.holding import GONE
from vendorops.documents.store import SUFFIX
from vendorops.domain.lifecycle import ComplianceDocumentStatus
from vendorops.domain.refusal import Refused
from vendorops.identifiers import identifier, masked
from vendorops.paying.accounts.proposing import BANKS
from vendorops.stages.onboarding.application import Application, BadApplication, PaperForm
from vendorops.tables import ComplianceDocument, Party, Supplier

LARGEST = 20 * 2**20
"""Bytes of one attached file."""

GIVES_WAY = (
    ComplianceDocumentStatus.RECEIVED,
    ComplianceDocumentStatus.CHECKED,
    ComplianceDocumentStatus.REJECTED,
)
"""What nobody relies on."""

Papers = tuple[tuple[PaperForm, bytes], ...]


@dataclass(frozen=True)
class Version:
    """Which version of a kind of document is entered, of which file, and how it came."""

    number: int
    sha256: str
    came_with: str


def read_papers(application: Application, folder: Path) -> Papers:
    """Return each document with the bytes of its file; refused when a file is not there."""
    return tuple((paper, _attached(paper, folder)) for paper in application.documents)


def absent(application: Application, folder: Path) -> list[str]:
    """Return what is wrong with the files that an application names, before any is read."""
    told = []
    for paper in application.documents:
        try:
            _path(paper, folder)
        except BadApplication as refusal:
            told.append(str(refusal))
    return told


def _attached(paper: PaperForm, folder: Path) -> bytes:
    return _path(paper, folder).read_bytes()


def _path(paper: PaperForm, folder: Path) -> Path:
    path = folder / paper.file
    if not path.is_file() or path.is_symlink():
        raise BadApplication(
            f"documents, {paper.kind}: the file {paper.file} was not handed in; add it"
        )
    if path.stat().st_size > LARGEST:
        raise BadApplication(
            f"documents, {paper.kind}: {paper.file} is larger than {LARGEST // 2**20} MiB; "
            "send a smaller export"
        )
    return path


def enter_papers(
    books: Books, supplier: Supplier, papers: Papers, came_with: str = "application"
) -> list[ComplianceDocument]:
    """Enter documents, and return those that were not there unchanged.

    A document that is relied on stays so until a person has verified the new one; any other of
    its kind gives way at once.
    """
    versions = _versions(books, supplier)
    entered = []
    for form, data in papers:
        sha256 = keep(books, data, f"{form.kind} of {supplier.reference}", _suffix(form.file))
        same_kind = versions.get(form.kind, [])
        if same_kind and _same(books, same_kind[-1], form, sha256):
            continue
        for old in same_kind:
            if old.status in GIVES_WAY:
                drop(books, old, "a newer one came")
                withdraw(books, old, "a newer one came")
                books.move(old, ComplianceDocumentStatus.SUPERSEDED, because="a newer one came")
        version = same_kind[-1].version + 1 if same_kind else 1
        entered.append(_enter(books, supplier, form, Version(version, sha256, came_with)))
    return entered


def _versions(books: Books, supplier: Supplier) -> dict[str, list[ComplianceDocument]]:
    query = select(ComplianceDocument).where(col(ComplianceDocument.supplier_id) == supplier.id)
    order = (col(ComplianceDocument.kind), col(ComplianceDocument.version))
    found = books.session.exec(query.order_by(*order))
    return {kind: list(rows) for kind, rows in groupby(found, key=attrgetter("kind"))}


def _same(books: Books, old: ComplianceDocument, form: PaperForm, sha256: str) -> bool:
    said = (form.issuer, form.valid_from, form.valid_to, sha256, figures_json(form))
    if (old.issuer, old.valid_from, old.valid_to, old.sha256, old.figures) != said:
        return False
    books.record("revealed", old, "compared with the number of a new application")
    same_number = vault.reveal(books, old, "number") == form.number
    return same_number and old.status not in GONE


def figures_json(form: PaperForm) -> str:
    """Return what a document states beside its number as canonical JSON."""
    return canonical(dict(form.figures)).decode()


def _suffix(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return suffix if SUFFIX.fullmatch(suffix) else ""


def _enter(books: Books, supplier: Supplier, form: PaperForm, what: Version) -> ComplianceDocument:
    paper = ComplianceDocument(
        id=books.key(),
        reference=books.reference("DOC"),
        supplier_id=supplier.id,
        came_with=what.came_with,
        handed_in_by=books.actor,
        kind=form.kind,
        version=what.number,
        issuer=form.issuer,
        number_masked=masked(form.number),
        number_indexes=_indexes(books, supplier, form.number),
        valid_from=form.valid_from,
        valid_to=form.valid_to,
        figures=figures_json(form),
        sha256=what.sha256,
    )
    books.enter(paper, because=f"{form.kind} of {supplier.reference} handed in")
    vault.keep(books, paper, "number", form.number, retention="identity")
    return paper


def _indexes(books: Books, supplier: Supplier, number: str) -> str:
    """Return the blind indexes by which a document's number is found to be another's, or not."""
    party = books.get(Party, supplier.party_id)
    found = {}
    for scheme in (party.identifier_scheme, *BANKS):
        with suppress(Refused):  # Not a number of that scheme.
            found[scheme] = vault.blind_index(books, identifier(scheme).check(number), scheme)
    return canonical(found).decode()
