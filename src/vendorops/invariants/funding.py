"""Funding: what must be true of clients' money, and of what was paid from it."""

from vendorops.invariants._rule import Invariant

INVARIANTS = (
    Invariant(
        "M141",
        "what a client paid in is a line of the bank, booked once for its amount",
        """
        SELECT f.reference FROM funding f JOIN bankentry e ON e.id = f.bank_entry_id
        WHERE e.amount_minor <> f.amount_minor OR e.currency <> f.currency
        OR e.direction <> CASE f.direction WHEN 'in' THEN 'credit' ELSE 'debit' END
        OR 1 <> (SELECT count(*) FROM transfer t WHERE t.key = 'funding/' || f.reference
                 AND t.amount_minor = f.amount_minor AND t.currency = f.currency)
        OR EXISTS (SELECT 1 FROM bankmatch m WHERE m.bank_entry_id = e.id)
        """,
    ),
    Invariant(
        "M142",
        "what is paid only from confirmed funds was taken off them once, and put back with it",
        """
        SELECT p.reference FROM payment p JOIN paymentbatch b ON b.id = p.batch_id
        JOIN event r ON r.subject_table = 'paymentbatch' AND r.subject_id = b.id
        AND r.after = 'released'
        WHERE 'confirmed' = (
            SELECT f.payouts FROM fundingpolicy f WHERE f.legal_entity_id = b.legal_entity_id
            AND f.valid_from <= r.business_day ORDER BY f.valid_from DESC LIMIT 1)
        AND NOT EXISTS (
            SELECT 1 FROM transfer t WHERE t.key = 'payment/' || p.reference || '/funded'
            AND t.amount_minor = p.amount_minor AND t.currency = p.currency)
        UNION SELECT p.reference FROM payment p
        JOIN transfer t ON t.key = 'payment/' || p.reference || '/funded'
        LEFT JOIN transfer back ON back.reverses_id = t.id
        WHERE (p.status IN ('rejected', 'returned')) <> (back.id IS NOT NULL)
        """,
    ),
)
