"""Credit memos: what must be true of what suppliers owe back."""

from vendorops.invariants._rule import Invariant

INVARIANTS = (
    Invariant(
        "M30",
        "of a credit memo sealed settlements took what it says, of its own contract, and no more",
        """
        SELECT m.reference FROM creditmemo m
        WHERE m.borne_by <> 'client' AND m.applied_minor <> (
            SELECT coalesce(sum(abs(k.net_minor)), 0) FROM settlementcredit k
            JOIN settlement s ON s.id = k.settlement_id
            WHERE k.credit_memo_id = m.id AND s.status = 'sealed')
        UNION SELECT m.reference FROM creditmemo m
        JOIN settlementcredit k ON k.credit_memo_id = m.id
        JOIN settlement s ON s.id = k.settlement_id WHERE s.status <> 'rejected'
        GROUP BY m.id, m.reference, m.net_minor, m.tax_minor
        HAVING sum(abs(k.net_minor)) > m.net_minor OR sum(abs(k.tax_minor)) > m.tax_minor
        UNION SELECT m.reference FROM creditmemo m
        JOIN settlementcredit k ON k.credit_memo_id = m.id
        JOIN settlement s ON s.id = k.settlement_id
        WHERE s.contract_id <> m.contract_id OR s.currency <> m.currency OR s.month < m.month
        OR m.status = 'draft' OR (m.status = 'cancelled' AND s.status <> 'rejected')
        OR m.borne_by = 'client' OR (m.borne_by = 'returned') <> (k.net_minor < 0)
        """,
    ),
    Invariant(
        "M31",
        "a credit memo is exhausted exactly when all of it was taken off",
        """
        SELECT reference FROM creditmemo
        WHERE (status = 'exhausted') <> (applied_minor = net_minor)
        OR (status IN ('draft', 'issued', 'cancelled') AND applied_minor <> 0)
        """,
    ),
)
