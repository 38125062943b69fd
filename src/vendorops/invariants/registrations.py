"""Registrations of persons: what must be true of those that stand or stood."""

from vendorops.invariants._rule import Invariant

INVARIANTS = (
    Invariant(
        "S141",
        "a registration stands because another person than who opened the case saw the office's "
        "paper, and no doubt about it is open or was found true",
        """
        SELECT t.reference FROM taxregistration t WHERE t.status IN ('registered', 'ended')
        AND NOT EXISTS (
            SELECT 1 FROM decision d WHERE d.kind = 'tax_registration'
            AND d.subject_table = 'taxregistration' AND d.subject_id = t.id
            AND d.answer = 'approve' AND d.status = 'answered' AND d.step = d.steps
            AND d.answered_by <> t.opened_by)
        UNION SELECT t.reference FROM taxregistration t
        JOIN review r ON r.subject_table = 'taxregistration' AND r.subject_id = t.id
        WHERE r.status IN ('open', 'confirmed') AND t.status IN ('registered', 'refused')
        """,
    ),
)
