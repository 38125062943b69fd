"""Which documents a supplier must hold, and which of those it holds: asked by several stages."""

from datetime import date

from sqlmodel import col, exists, select

from vendorops.books import Books
from vendorops.domain.lifecycle import ComplianceDocumentStatus
from vendorops.domain.refusal import Refused
from vendorops.domain.requirement import Requirement, Serving
from vendorops.requirements import required
from vendorops.tables import ComplianceDocument, Event, Party, Supplier

RELIED_ON = (ComplianceDocumentStatus.VERIFIED, ComplianceDocumentStatus.EXPIRING)
GONE = (ComplianceDocumentStatus.SUPERSEDED, ComplianceDocumentStatus.REJECTED)


class DocumentLapsed(Refused):
    """A document without which nothing new may be awarded holds no longer."""


def required_of(
    books: Books, supplier: Supplier, program: str, place: str, day: date
) -> tuple[Requirement, ...]:
    """Return the documents a supplier must hold on a day to serve a program in a place."""
    party = books.get(Party, supplier.party_id)
    return required(Serving(program, place, party.kind, party.place), day)


def current_papers(books: Books, supplier: Supplier) -> list[ComplianceDocument]:
    """Return the newest document of each kind that nobody rejected or replaced, by kind."""
    query = select(ComplianceDocument).where(
        col(ComplianceDocument.supplier_id) == supplier.id,
        col(ComplianceDocument.status).not_in(GONE),
    )
    order = (col(ComplianceDocument.kind), col(ComplianceDocument.version))
    return list(
        {paper.kind: paper for paper in books.session.exec(query.order_by(*order))}.values()
    )


def holds(paper: ComplianceDocument, day: date) -> bool:
    """Tell whether a document covers a day; `valid_to` is the first day it does not."""
    return paper.valid_from <= day and (paper.valid_to is None or day < paper.valid_to)


def relied_on(books: Books, supplier: Supplier, day: date) -> set[str]:
    """Return the kinds of verified documents that hold on a day."""
    query = select(ComplianceDocument).where(
        col(ComplianceDocument.supplier_id) == supplier.id,
        col(ComplianceDocument.status).in_(RELIED_ON),
    )
    return {paper.kind for paper in books.session.exec(query) if holds(paper, day)}


def verified_ever(books: Books, supplier: Supplier) -> list[ComplianceDocument]:
    """Return the documents a person verified, also those that were renewed since."""
    verified = exists().where(
        col(Event.subject_table) == ComplianceDocument.__name__.lower(),
        col(Event.subject_id) == col(ComplianceDocument.id),
        col(Event.after) == ComplianceDocumentStatus.VERIFIED.value,
    )
    query = select(ComplianceDocument).where(
        col(ComplianceDocument.supplier_id) == supplier.id, verified
    )
    order = (col(ComplianceDocument.kind), col(ComplianceDocument.version))
    return list(books.session.exec(query.order_by(*order)))


def refuse_lapsed(books: Books, supplier: Supplier, program: str, place: str) -> None:
    """Refuse a new approval or contract while a document that award needs holds no longer.

    One that was never held is found by the checks of the application; this finds what ran out
    since.
    """
    known = verified_ever(books, supplier)
    held = relied_on(books, supplier, books.as_of)
    for needed in required_of(books, supplier, program, place, books.as_of):
        once = [paper for paper in known if paper.kind in needed.kinds]
        if needed.stops("award") and once and held.isdisjoint(needed.kinds):
            ended = once[-1].valid_to
            raise DocumentLapsed(
                f"{supplier.reference}: its verified {needed.kind} held until {ended} only "
                f"({needed.source}); hand in the renewed one with vendorops document submit"
            )
