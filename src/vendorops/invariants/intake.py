"""Intake: what must be true of how claims came in, and of those that people entered."""

from vendorops.invariants._rule import Invariant

INVARIANTS = (
    Invariant(
        "M33",
        "what a plain PDF claims was entered by a person who approved exactly that",
        """
        SELECT i.reference FROM invoice i WHERE i.format = 'plain_pdf' AND NOT EXISTS (
            SELECT 1 FROM decision d WHERE d.kind = 'claim_review' AND d.status = 'answered'
            AND d.answer = 'approve' AND d.subject_table = 'receivedfile'
            AND d.subject_id = i.received_file_id AND d.effective_on IS NOT NULL)
        """,
    ),
    Invariant(
        "M34",
        "a file that came in a mail or archive came in one that was opened",
        """
        SELECT f.reference FROM containedfile c JOIN receivedfile f ON f.id = c.received_file_id
        LEFT JOIN container k ON k.id = c.container_id
        LEFT JOIN receivedfile o ON o.id = k.received_file_id
        WHERE o.status IS NULL OR o.status <> 'opened'
        UNION SELECT o.reference FROM receivedfile o WHERE o.status = 'opened'
        AND NOT EXISTS (SELECT 1 FROM container k WHERE k.received_file_id = o.id)
        """,
    ),
)
