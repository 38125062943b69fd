"""Confirmations: what must be true of what payees say of settlements."""

from vendorops.invariants._rule import Invariant

INVARIANTS = (
    Invariant(
        "M140",
        "nothing was paid that its payee disputes, or did not confirm where that is required",
        """
        SELECT c.reference FROM settlementconfirmation c
        JOIN payment p ON p.settlement_id = c.settlement_id
        WHERE p.status IN ('sent', 'accepted_by_bank', 'settled')
        AND (c.status = 'disputed' OR (c.status = 'shown' AND c.required = 1))
        """,
    ),
    Invariant(
        "S120",
        "a statement is of what was approved, and confirmed or disputed as its payee answered",
        """
        SELECT c.reference FROM settlementconfirmation c
        JOIN settlement s ON s.id = c.settlement_id
        WHERE c.content_sha256 <> s.content_sha256 OR s.status <> 'sealed'
        UNION SELECT c.reference FROM settlementconfirmation c
        WHERE c.status IN ('confirmed', 'disputed', 'overruled') AND NOT EXISTS (
            SELECT 1 FROM decision d WHERE d.subject_table = 'settlementconfirmation'
            AND d.subject_id = c.id AND d.kind = 'settlement_statement' AND d.status = 'answered'
            AND d.answer = CASE c.status WHEN 'confirmed' THEN 'approve' ELSE 'reject' END)
        UNION SELECT c.reference FROM settlementconfirmation c
        WHERE c.status = 'overruled' AND NOT EXISTS (
            SELECT 1 FROM decision d WHERE d.subject_table = 'settlementconfirmation'
            AND d.subject_id = c.id AND d.kind = 'settlement_dispute' AND d.status = 'answered'
            AND d.answer = 'approve' AND d.step = d.steps)
        """,
    ),
)
