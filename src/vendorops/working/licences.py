"""Refuses work that was done without a document that is asked for there and then."""

from collections.abc import Sequence
from datetime import date

from vendorops.books import Books
from vendorops.documents.holding import holds, required_of, verified_ever
from vendorops.domain.refusal import Refused
from vendorops.tables import Contract, Supplier
from vendorops.working.fitness import first_lines

STOPS_WORK = "start"


class NotLicensed(Refused):
    """The supplier held no verified document of a kind it needs on a day of the work."""


def refuse_unlicensed(books: Books, contract: Contract, days: Sequence[date]) -> None:
    """Refuse the first line whose day no verified document of a required kind covers."""
    supplier = books.get(Supplier, contract.supplier_id)
    papers = verified_ever(books, supplier)
    for day, number in first_lines(days).items():
        for needed in required_of(books, supplier, contract.program, contract.place, day):
            held = any(paper.kind in needed.kinds and holds(paper, day) for paper in papers)
            if needed.stops(STOPS_WORK) and not held:
                raise NotLicensed(
                    f"line {number}: {supplier.reference} held no verified {needed.kind} on {day}"
                    f" ({needed.source}); have one that holds on that day verified first"
                )
