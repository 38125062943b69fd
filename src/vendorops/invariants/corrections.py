"""Corrected references: what must be true of the work that people said claims mean."""

from vendorops.invariants._rule import Invariant

INVARIANTS = (
    Invariant(
        "S82",
        "a corrected reference is of a line without known work, and means work of its contract",
        """
        SELECT i.reference || ' line ' || l.line FROM referencecorrection x
        JOIN invoiceline l ON l.id = x.invoice_line_id JOIN invoice i ON i.id = l.invoice_id
        JOIN workitem w ON w.id = x.work_item_id
        WHERE l.work_item_id IS NOT NULL OR w.contract_id <> i.contract_id
        """,
    ),
    Invariant(
        "S83",
        "a corrected reference is what a person answered about that claim, with the reason given",
        """
        SELECT i.reference || ' line ' || l.line FROM referencecorrection x
        JOIN invoiceline l ON l.id = x.invoice_line_id JOIN invoice i ON i.id = l.invoice_id
        JOIN workitem w ON w.id = x.work_item_id
        WHERE NOT EXISTS (
            SELECT 1 FROM decision d WHERE d.id = x.decision_id AND d.kind = 'exception'
            AND d.subject_table = 'invoice' AND d.subject_id = i.id AND d.answer = 'approve'
            AND d.answered_by = x.corrected_by AND d.reason = x.reason
            AND d.detail LIKE '%"' || l.line || '":"' || w.reference || '"%')
        """,
    ),
)
