"""Remittances: what must be true of withheld tax that was paid over."""

from vendorops.invariants._rule import Invariant

INVARIANTS = (
    Invariant(
        "M143",
        "withheld tax was paid over once, by a payment of exactly what it pays over",
        """
        SELECT p.reference FROM payment p WHERE p.filing_id IS NOT NULL
        AND (SELECT coalesce(sum(w.amount_minor), 0) FROM withholding w
             WHERE w.payment_id = p.id)
        <> CASE WHEN p.status IN ('sent', 'accepted_by_bank', 'settled')
           THEN p.amount_minor ELSE 0 END
        UNION SELECT s.reference FROM withholding w JOIN settlement s ON s.id = w.settlement_id
        WHERE (w.status = 'remitted' AND w.payment_id IS NULL)
        OR (w.payment_id IS NOT NULL AND w.status NOT IN ('remitted', 'certified'))
        """,
    ),
    Invariant(
        "M144",
        "tax goes to the office of the company and place whose return declares it",
        """
        SELECT p.reference FROM payment p JOIN filing f ON f.id = p.filing_id
        JOIN bankaccount b ON b.id = p.bank_account_id
        JOIN paymentbatch t ON t.id = p.batch_id
        LEFT JOIN taxoffice o ON o.legal_entity_id = f.legal_entity_id AND o.place = f.place
        WHERE o.id IS NULL OR o.party_id <> b.party_id OR p.currency <> f.currency
        OR b.currency <> p.currency OR t.legal_entity_id <> f.legal_entity_id
        """,
    ),
)
