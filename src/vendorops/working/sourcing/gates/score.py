"""Lets suppliers through by their scores: from so many points of 100 on."""

from vendorops.books import Books
from vendorops.tables import Distribution, Supplier
from vendorops.working.scores import minimum_score

POINT_E4 = 10**4


def shut(books: Books, row: Distribution) -> str:
    """Return why the supplier's score is not enough; one that has none is not let through."""
    supplier = books.get(Supplier, row.supplier_id)
    score = minimum_score(books, supplier, books.as_of)
    if score is not None and score >= row.gate_minimum * POINT_E4:
        return ""
    points = "has no final score" if score is None else f"scored {score // POINT_E4} points"
    return f"{supplier.reference} {points}; {row.gate_minimum} are asked"
