"""Refuses work that was done without a document that the program asks for there and then."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import col, exists, select

from vendorops.books import Books
from vendorops.domain.lifecycle import ComplianceDocumentStatus
from vendorops.domain.refusal import Refused
from vendorops.programs import program
from vendorops.tables import ComplianceDocument, Contract, Event, Party, Supplier

STOPS_WORK = ("award", "start")
"""What may not be awarded without a document may not be worked on without it either."""


class NotLicensed(Refused):
    """The supplier held no verified document of a kind it needs on a day of the work."""


def refuse_unlicensed(books: Books, contract: Contract, days: Iterable[date]) -> None:
    """Refuse the first line whose day no verified document of a required kind covers."""
    supplier = books.get(Supplier, contract.supplier_id)
    kind = books.get(Party, supplier.party_id).kind
    papers = _verified(books, supplier)
    for number, day in enumerate(days, start=1):
        for needed in program(contract.program).required(contract.place, kind, day):
            held = any(paper.kind == needed.kind and _holds(paper, day) for paper in papers)
            if needed.blocks in STOPS_WORK and not held:
                raise NotLicensed(
                    f"line {number}: {supplier.reference} held no verified {needed.kind} on {day}"
                    f" ({needed.cite}); have one that holds on that day verified first"
                )


def _verified(books: Books, supplier: Supplier) -> list[ComplianceDocument]:
    """Return the documents a person verified, also those that were renewed since."""
    verified = exists().where(
        col(Event.subject_table) == ComplianceDocument.__name__.lower(),
        col(Event.subject_id) == col(ComplianceDocument.id),
        col(Event.after) == ComplianceDocumentStatus.VERIFIED.value,
    )
    query = select(ComplianceDocument).where(
        col(ComplianceDocument.supplier_id) == supplier.id, verified
    )
    return list(books.session.exec(query))


def _holds(paper: ComplianceDocument, day: date) -> bool:
    return paper.valid_from <= day and (paper.valid_to is None or day < paper.valid_to)
