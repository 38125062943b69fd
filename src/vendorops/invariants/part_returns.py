"""Parts of payments that came back: never more than was paid, and never paid more than once."""

from vendorops.invariants._rule import Invariant

INVARIANTS = (
    Invariant(
        "M115",
        "what came back in parts is less than a payment, which stays settled, and no more in all; "
        "the bank and a person said so of each",
        """
        SELECT r.reference FROM partreturn r JOIN payment p ON p.id = r.payment_id
        JOIN bankentry e ON e.id = r.bank_entry_id
        JOIN bankstatement s ON s.id = e.bank_statement_id
        JOIN paymentbatch b ON b.id = p.batch_id
        WHERE p.status <> 'settled' OR p.filing_id IS NOT NULL
        OR r.amount_minor >= p.amount_minor OR r.currency <> p.currency
        OR r.amount_minor > e.amount_minor + coalesce((
            SELECT c.amount_minor FROM bankcharge c WHERE c.bank_entry_id = e.id), 0)
        OR e.currency <> r.currency OR e.direction <> 'credit' OR e.status <> 'matched'
        OR s.kind <> 'statement' OR s.bank_account_id <> b.debtor_account_id
        OR EXISTS (SELECT 1 FROM bankmatch m WHERE m.bank_entry_id = e.id)
        OR NOT EXISTS (
            SELECT 1 FROM decision d WHERE d.id = r.decision_id AND d.kind = 'bank_entry'
            AND d.subject_table = 'bankentry' AND d.subject_id = e.id AND d.answer = 'approve'
            AND d.answered_by <> b.released_by)
        UNION SELECT max(r.reference) FROM partreturn r JOIN payment p ON p.id = r.payment_id
        GROUP BY p.id, p.amount_minor HAVING sum(r.amount_minor) > p.amount_minor
        """,
    ),
    Invariant(
        "M116",
        "a part that came back is in the ledger, once, and owed to the payee anew; nothing else",
        """
        SELECT r.reference FROM partreturn r JOIN payment p ON p.id = r.payment_id
        WHERE 2 <> (
            SELECT count(*) FROM transfer t WHERE t.key IN (
                'payment/' || p.reference || '/part-returned/' || r.reference,
                'payment/' || p.reference || '/owed-anew/' || r.reference)
            AND t.amount_minor = r.amount_minor AND t.currency = r.currency)
        OR EXISTS (
            SELECT 1 FROM transfer f WHERE f.key = 'payment/' || p.reference || '/funded'
        ) <> EXISTS (
            SELECT 1 FROM transfer t
            WHERE t.key = 'payment/' || p.reference || '/funded/' || r.reference
            AND t.amount_minor = r.amount_minor AND t.currency = r.currency)
        UNION SELECT t.key FROM transfer t
        WHERE (t.key LIKE 'payment/%/part-returned/%' OR t.key LIKE 'payment/%/owed-anew/%'
               OR t.key LIKE 'payment/%/funded/PRT-%')
        AND NOT EXISTS (
            SELECT 1 FROM partreturn r JOIN payment p ON p.id = r.payment_id
            WHERE t.key IN ('payment/' || p.reference || '/part-returned/' || r.reference,
                            'payment/' || p.reference || '/owed-anew/' || r.reference,
                            'payment/' || p.reference || '/funded/' || r.reference))
        """,
    ),
    Invariant(
        "M117",
        "a part that came back is paid anew by one payment, for exactly it, to the payee of what "
        "was paid first and approved",
        """
        SELECT p.reference FROM payment p
        LEFT JOIN partreturn r ON r.bank_entry_id = p.returned_by_id
        LEFT JOIN payment f ON f.id = r.payment_id
        LEFT JOIN settlement s ON s.id = r.settlement_id
        LEFT JOIN contract c ON c.id = s.contract_id
        LEFT JOIN supplier u ON u.id = s.supplier_id
        LEFT JOIN bankaccount a ON a.id = p.bank_account_id
        LEFT JOIN paymentbatch b ON b.id = p.batch_id
        WHERE p.returned_by_id IS NOT NULL AND (
            r.id IS NULL OR p.amount_minor <> r.amount_minor OR p.currency <> r.currency
            OR p.settlement_sha256 <> s.content_sha256 OR a.party_id <> u.party_id
            OR a.currency <> p.currency OR b.legal_entity_id <> c.legal_entity_id
            OR p.settlement_id IS NOT NULL OR p.id <= f.id)
        UNION SELECT max(p.reference) FROM payment p WHERE p.returned_by_id IS NOT NULL
        AND p.status NOT IN ('cancelled', 'rejected', 'returned')
        GROUP BY p.returned_by_id HAVING count(*) > 1
        UNION SELECT r.reference FROM partreturn r JOIN payment f ON f.id = r.payment_id
        LEFT JOIN partreturn o ON o.bank_entry_id = f.returned_by_id
        WHERE r.settlement_id <> coalesce(f.settlement_id, o.settlement_id, 0)
        """,
    ),
)
