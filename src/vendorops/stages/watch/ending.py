"""Lets verified documents end on their day, and opens their renewal some days before."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import exists
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.asking import asked_of
from vendorops.documents.holding import RELIED_ON
from vendorops.documents.paper_findings import SOON_DAYS
from vendorops.documents.verifying import REPLACEABLE, give_way
from vendorops.domain.lifecycle import (
    ComplianceDocumentStatus,
    RenewalStatus,
    SupplierStatus,
)
from vendorops.domain.requirement import STEPS, Requirement
from vendorops.stages import Step
from vendorops.tables import ComplianceDocument, Renewal, Supplier

LONGEST_DAYS = 366
"""No renewal is opened earlier than this."""
OWNER = "buyer"
"""The role that asks suppliers for renewed documents."""
PARTED = (SupplierStatus.DISQUALIFIED, SupplierStatus.OFF_BOARDED)


def due(books: Books) -> list[int]:
    """Return the documents whose state is not the one of today, and those that take over."""
    found = [paper.id for paper in _ending(books) if _target(books, paper) != paper.status]
    return [*found, *_taking_over(books)]


def _ending(books: Books) -> Iterator[ComplianceDocument]:
    query = select(ComplianceDocument).where(
        col(ComplianceDocument.status).in_(RELIED_ON),
        col(ComplianceDocument.valid_to) <= books.as_of + timedelta(days=LONGEST_DAYS),
    )
    yield from books.session.exec(query)


def _taking_over(books: Books) -> Sequence[int]:
    """Return verified documents that have begun while an older one still stands beside them."""
    before = aliased(ComplianceDocument)
    stands = exists().where(
        col(before.supplier_id) == col(ComplianceDocument.supplier_id),
        col(before.kind) == col(ComplianceDocument.kind),
        col(before.version) < col(ComplianceDocument.version),
        col(before.status).in_(REPLACEABLE),
    )
    query = select(ComplianceDocument.id).where(
        col(ComplianceDocument.status).in_(RELIED_ON),
        col(ComplianceDocument.valid_from) <= books.as_of,
        stands,
    )
    return books.session.exec(query).all()


def advance(books: Books, paper: ComplianceDocument) -> Step:
    """Move a document to the state of the day, and open or lapse its renewal."""
    if paper.status not in RELIED_ON or give_way(books, paper):
        return Step.DONE
    after = _target(books, paper)
    if after == paper.status or paper.valid_to is None:
        return Step.DONE
    books.move(paper, after, because=f"it holds until {paper.valid_to}")
    _renew(books, paper, paper.valid_to)
    return Step.DONE


def _needs(books: Books, paper: ComplianceDocument) -> list[Requirement]:
    supplier = books.get(Supplier, paper.supplier_id)
    return [needed for needed in asked_of(books, supplier) if paper.kind in needed.kinds]


def _target(books: Books, paper: ComplianceDocument) -> ComplianceDocumentStatus:
    """Return the state a document should be in today."""
    ends = paper.valid_to
    if ends and ends <= books.as_of:
        return ComplianceDocumentStatus.EXPIRED
    days = max((needed.renew_days for needed in _needs(books, paper)), default=SOON_DAYS)
    if ends and ends <= books.as_of + timedelta(days=days):
        return ComplianceDocumentStatus.EXPIRING
    return ComplianceDocumentStatus(paper.status)


def _renew(books: Books, paper: ComplianceDocument, ends: date) -> None:
    """Open the renewal of a document that is needed, or note that it was not renewed in time."""
    query = select(Renewal).where(col(Renewal.document_id) == paper.id)
    known = books.session.exec(query).one_or_none()
    if known is None:
        known = _open(books, paper, ends)
    ended = paper.status == ComplianceDocumentStatus.EXPIRED
    if known and ended and known.status == RenewalStatus.OPEN:
        because = f"{paper.reference} ended and no renewed one was verified"
        books.move(known, RenewalStatus.LAPSED, because=because)


def _open(books: Books, paper: ComplianceDocument, ends: date) -> Renewal | None:
    supplier, needs = books.get(Supplier, paper.supplier_id), _needs(books, paper)
    if not needs or supplier.status in PARTED or _is_renewed(books, paper):
        return None
    blocks = [step for step in STEPS if any(needed.stops(step) for needed in needs)]
    return books.enter(
        Renewal(
            id=books.key(),
            reference=books.reference("REN"),
            supplier_id=supplier.id,
            document_id=paper.id,
            kind=paper.kind,
            role=OWNER,
            blocks=" ".join(blocks),
            opened_on=books.as_of,
            due_on=ends,
        ),
        because=f"{paper.reference} of {supplier.reference} holds until {ends}",
    )


def _is_renewed(books: Books, paper: ComplianceDocument) -> bool:
    query = select(ComplianceDocument.id).where(
        col(ComplianceDocument.supplier_id) == paper.supplier_id,
        col(ComplianceDocument.kind) == paper.kind,
        col(ComplianceDocument.version) > paper.version,
        col(ComplianceDocument.status).in_(RELIED_ON),
    )
    return books.session.exec(query).first() is not None
