"""Suppliers: what must be true of how we stand to them, and of their documents over time."""

from vendorops.invariants._rule import Invariant

INVARIANTS = (
    Invariant(
        "S40",
        "how we stand to a supplier was proposed by one person and approved by another",
        """
        SELECT c.reference FROM supplierchange c WHERE c.status = 'effected' AND NOT EXISTS (
            SELECT 1 FROM decision d WHERE d.kind = 'supplier_change'
            AND d.subject_table = 'supplierchange' AND d.subject_id = c.id
            AND d.answer = 'approve' AND d.answered_by <> c.proposed_by)
        """,
    ),
    Invariant(
        "S41",
        "a document gave way to a newer one of its kind and to nothing else",
        """
        SELECT c.reference FROM compliancedocument c WHERE c.status = 'superseded'
        AND NOT EXISTS (
            SELECT 1 FROM compliancedocument n WHERE n.supplier_id = c.supplier_id
            AND n.kind = c.kind AND n.version > c.version)
        """,
    ),
    Invariant(
        "S42",
        "nothing is to be renewed without an owner, and by the day its document ends",
        """
        SELECT r.reference FROM renewal r JOIN compliancedocument c ON c.id = r.document_id
        WHERE r.role = '' OR c.valid_to IS NULL OR c.valid_to <> r.due_on
        OR c.supplier_id <> r.supplier_id OR c.kind <> r.kind
        """,
    ),
)
