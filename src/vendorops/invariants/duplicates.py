"""Claims made before: what must be true of the suspicion, and of who settled it."""

import json
from collections.abc import Iterator

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.invariants._rule import Invariant
from vendorops.tables import PossibleDuplicate

MOST_E6 = 1_000_000


def _not_the_sum(books: Books) -> Iterator[str]:
    """Yield the suspicions whose score is not the sum of the parts that explain it."""
    rows = books.session.exec(select(PossibleDuplicate).order_by(col(PossibleDuplicate.id)))
    for row in rows:
        points = sum(part["points"] for part in json.loads(row.parts))
        if row.score_e6 != min(max(points, 0), MOST_E6):
            yield row.reference


INVARIANTS = (
    Invariant(
        "S80",
        "a claim that may be a duplicate is held until a person has said what it is",
        """
        SELECT d.reference FROM possibleduplicate d JOIN invoice i ON i.id = d.invoice_id
        JOIN invoice e ON e.id = d.earlier_id
        WHERE (d.status = 'open' AND i.status <> 'acknowledged')
        OR (d.status = 'confirmed' AND i.status <> 'rejected')
        OR i.supplier_id <> e.supplier_id
        OR (d.status IN ('dismissed', 'confirmed') AND NOT EXISTS (
            SELECT 1 FROM decision a WHERE a.kind = 'possible_duplicate'
            AND a.subject_table = 'invoice' AND a.subject_id = i.id AND a.status = 'answered'
            AND a.answer = CASE WHEN d.status = 'dismissed' THEN 'approve' ELSE 'reject' END))
        """,
    ),
    Invariant("S81", "the score of a possible duplicate is the sum of its parts", _not_the_sum),
)
