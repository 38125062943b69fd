"""Sourcing: what must be true of requisitions and of the people found for them."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.invariants._rule import Invariant
from vendorops.tables import Distribution, Requisition, Submission


def _out_of_turn(books: Books) -> Iterator[str]:
    """Name what was released before its time, and candidates of suppliers it had not reached."""
    reached = select(Distribution, Requisition).join(
        Requisition, col(Requisition.id) == col(Distribution.requisition_id)
    )
    for row, of in books.session.exec(reached.where(col(Distribution.released_at).is_not(None))):
        due = of.approved_at and of.approved_at + timedelta(hours=row.offset_hours)
        if due is None or row.released_at is None or row.released_at < due:
            yield row.reference
    proposed = select(Submission, Distribution).join(
        Distribution, col(Distribution.id) == col(Submission.distribution_id)
    )
    for found, row in books.session.exec(proposed):
        same = (found.supplier_id, found.requisition_id) == (row.supplier_id, row.requisition_id)
        if not same or row.released_at is None or found.submitted_at < row.released_at:
            yield found.reference


INVARIANTS = (
    Invariant(
        "S43",
        "a requisition is filled by one accepted offer a position, each within its budget",
        """
        SELECT r.reference FROM requisition r
        LEFT JOIN offer o ON o.requisition_id = r.id AND o.status = 'accepted'
        GROUP BY r.id, r.reference, r.positions, r.filled_at
        HAVING count(o.id) > r.positions
        OR (r.filled_at IS NOT NULL) <> (count(o.id) = r.positions)
        UNION SELECT o.reference FROM offer o JOIN requisition r ON r.id = o.requisition_id
        WHERE o.status <> 'draft' AND o.released_at IS NOT NULL
        AND (o.amount_minor > r.budget_minor OR o.currency <> r.currency)
        """,
    ),
    Invariant(
        "S44",
        "whoever is accepted accepted one offer, and is a worker of the supplier that found him",
        """
        SELECT s.reference FROM submission s
        LEFT JOIN offer o ON o.submission_id = s.id AND o.status = 'accepted'
        GROUP BY s.id, s.reference, s.status
        HAVING (s.status = 'accepted') <> (count(o.id) = 1)
        UNION SELECT o.reference FROM offer o
        JOIN submission s ON s.id = o.submission_id
        LEFT JOIN worker w ON w.id = o.worker_id
        WHERE o.supplier_id <> s.supplier_id OR o.requisition_id <> s.requisition_id
        OR (o.status = 'accepted' AND (w.id IS NULL OR w.supplier_id <> s.supplier_id
            OR w.identifier_index <> s.candidate_key OR s.worker_id IS NULL
            OR s.worker_id <> w.id))
        """,
    ),
    Invariant(
        "S45",
        "a duplicate names an earlier submission of the candidate, and only duplicates do",
        """
        SELECT s.reference FROM submission s
        LEFT JOIN submission f ON f.id = s.duplicate_of_id
        WHERE (s.status = 'duplicate') <> (f.id IS NOT NULL)
        OR f.candidate_key <> s.candidate_key OR f.requisition_id <> s.requisition_id
        OR f.supplier_id = s.supplier_id OR f.submitted_at > s.submitted_at
        OR (s.status = 'duplicate' AND s.ended_because = '')
        """,
    ),
    Invariant(
        "S46",
        "a requisition reaches suppliers in its time, and candidates come from those it reached",
        _out_of_turn,
    ),
)
