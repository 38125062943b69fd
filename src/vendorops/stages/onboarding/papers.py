"""Keeps the documents of an application: a new version of a kind takes the place of the old."""

from pathlib import Path

from sqlmodel import col, select

from vendorops.books import Books, vault
from vendorops.documents import keep
from vendorops.documents.store import SUFFIX
from vendorops.domain.lifecycle import ComplianceDocumentStatus
from vendorops.identifiers import masked
from vendorops.stages.onboarding.application import Application, BadApplication, PaperForm
from vendorops.tables import ComplianceDocument, Supplier

LARGEST = 20 * 2**20
"""Bytes of one attached file."""

Papers = tuple[tuple[PaperForm, bytes], ...]


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


def current_papers(books: Books, supplier: Supplier) -> list[ComplianceDocument]:
    """Return the documents of a supplier that no newer version replaced, by kind."""
    query = select(ComplianceDocument).where(
        col(ComplianceDocument.supplier_id) == supplier.id,
        col(ComplianceDocument.status) != ComplianceDocumentStatus.SUPERSEDED,
    )
    return list(books.session.exec(query.order_by(col(ComplianceDocument.kind))))


def enter_papers(books: Books, supplier: Supplier, papers: Papers) -> None:
    """Enter the documents of an application; what is there unchanged stays as it is."""
    current = {paper.kind: paper for paper in current_papers(books, supplier)}
    for form, data in papers:
        sha256 = keep(books, data, f"{form.kind} of {supplier.reference}", _suffix(form.file))
        old = current.get(form.kind)
        if old and _same(books, old, form, sha256):
            continue
        if old:
            books.move(old, ComplianceDocumentStatus.SUPERSEDED, because="a newer one came")
        version = old.version + 1 if old else 1
        _enter(books, supplier, form, (version, sha256))


def _same(books: Books, old: ComplianceDocument, form: PaperForm, sha256: str) -> bool:
    said = (form.issuer, form.valid_from, form.valid_to, sha256)
    if (old.issuer, old.valid_from, old.valid_to, old.sha256) != said:
        return False
    books.record("revealed", old, "compared with the number of a new application")
    same_number = vault.reveal(books, old, "number") == form.number
    return same_number and old.status != ComplianceDocumentStatus.REJECTED


def _suffix(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return suffix if SUFFIX.fullmatch(suffix) else ""


def _enter(books: Books, supplier: Supplier, form: PaperForm, what: tuple[int, str]) -> None:
    version, sha256 = what
    paper = ComplianceDocument(
        id=books.key(),
        supplier_id=supplier.id,
        kind=form.kind,
        version=version,
        issuer=form.issuer,
        number_masked=masked(form.number),
        valid_from=form.valid_from,
        valid_to=form.valid_to,
        sha256=sha256,
    )
    books.enter(paper, because=f"{form.kind} of {supplier.reference} handed in")
    vault.keep(books, paper, "number", form.number, retention="identity")
