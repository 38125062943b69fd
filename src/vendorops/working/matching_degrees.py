"""Finds how many sides the work of a contract is matched with, by category and day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from vendorops.books import Books
from vendorops.books.remembering import remembered
from vendorops.domain.matching.degrees import KIND
from vendorops.tables import AgreedTerm, WorkItem
from vendorops.working.adjusting import agreed_terms, degree_of


def degrees_of(books: Books, contract_id: int) -> list[AgreedTerm]:
    """Return what a contract agrees on matching, by first day."""
    return remembered(
        books, ("degrees", contract_id), lambda: agreed_terms(books, contract_id, KIND)
    )


def holding(rows: Iterable[AgreedTerm], day: date, term: str) -> AgreedTerm | None:
    """Return what holds for work of a category on a day; None where nothing was agreed."""
    held = [
        row
        for row in rows
        if row.valid_from <= day and (not row.categories or term in row.categories.split())
    ]
    return held[-1] if held else None


def without_acceptance(books: Books, items: Sequence[WorkItem]) -> str:
    """Return by which terms a sheet needs no acceptance; nothing where some of its work does."""
    degrees = degrees_of(books, items[0].contract_id) if items else []
    found = [holding(degrees, item.performed_on, item.term) for item in items]
    if not found or any(row is None or degree_of(row).acceptance_required for row in found):
        return ""
    names = sorted({row.reference for row in found if row})
    return f"{', '.join(names)}: no acceptance is required, the report stands for it"


def agreed_scales(books: Books, items: Sequence[WorkItem]) -> Mapping[str, tuple[str, ...]]:
    """Return the scales that terms give to work, by its reference."""
    degrees = degrees_of(books, items[0].contract_id) if items else []
    found = {item.reference: holding(degrees, item.performed_on, item.term) for item in items}
    scales = {name: degree_of(row).grades for name, row in found.items() if row}
    return {name: grades for name, grades in scales.items() if grades}
