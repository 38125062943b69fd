"""What the bank says: the fourth side of the reconciliation."""

from vendorops.invariants._rule import Invariant

BECAME = "CASE p.status WHEN 'settled' THEN 'booked' ELSE p.status END"

INVARIANTS = (
    Invariant(
        "M110",
        "what the bank booked, returned or refused is a payment of that amount, currency and "
        "account, and every payment that is settled, returned or rejected rests on such a line",
        f"""
        SELECT p.reference FROM payment p WHERE p.status IN ('settled', 'returned', 'rejected')
        AND NOT EXISTS (
            SELECT 1 FROM bankmatch m WHERE m.payment_id = p.id AND m.kind = {BECAME})
        UNION SELECT p.reference FROM payment p JOIN bankmatch m ON m.payment_id = p.id
        WHERE p.status NOT IN ('settled', 'returned', 'rejected')
        OR (m.kind = 'rejected' AND p.status <> 'rejected')
        OR (m.kind = 'returned' AND p.status <> 'returned')
        UNION SELECT p.reference FROM bankmatch m JOIN payment p ON p.id = m.payment_id
        JOIN bankentry e ON e.id = m.bank_entry_id
        JOIN bankstatement s ON s.id = e.bank_statement_id
        JOIN paymentbatch b ON b.id = p.batch_id
        WHERE m.amount_minor <> p.amount_minor OR e.currency <> p.currency
        OR s.bank_account_id <> b.debtor_account_id
        OR e.direction <> CASE m.kind WHEN 'booked' THEN 'debit' WHEN 'returned' THEN 'credit'
                          ELSE 'answer' END
        """,  # noqa: S608 - a constant of this module.
    ),
    Invariant(
        "M111",
        "money that came back or was refused is owed again, and other money is not",
        """
        SELECT p.reference FROM payment p WHERE p.status IN ('returned', 'rejected') AND 1 <> (
            SELECT count(*) FROM transfer r JOIN transfer t ON t.id = r.reverses_id
            WHERE t.key = 'payment/' || p.reference
            AND r.key = 'payment/' || p.reference || '/reversed')
        UNION SELECT p.reference FROM payment p
        JOIN transfer t ON t.key = 'payment/' || p.reference
        JOIN transfer r ON r.reverses_id = t.id
        WHERE p.status NOT IN ('returned', 'rejected')
        """,
    ),
    Invariant(
        "M112",
        "opening balance and entries of a statement come to its closing balance",
        """
        SELECT s.reference FROM bankstatement s WHERE s.kind = 'statement'
        AND s.opening_minor IS NOT NULL AND s.closing_minor IS NOT NULL
        AND s.closing_minor - s.opening_minor <> (
            SELECT coalesce(sum(CASE e.direction WHEN 'credit' THEN e.amount_minor
                                ELSE -e.amount_minor END), 0)
            FROM bankentry e WHERE e.bank_statement_id = s.id)
        """,
    ),
    Invariant(
        "M113",
        "a line of a statement is matched exactly where payments, and what the bank took for "
        "itself, come to its amount",
        """
        SELECT e.reference FROM bankentry e JOIN bankstatement s ON s.id = e.bank_statement_id
        WHERE s.kind = 'statement' AND (e.status = 'matched') <> (e.amount_minor = (
            SELECT coalesce(sum(m.amount_minor), 0) FROM bankmatch m WHERE m.bank_entry_id = e.id
        ) + (
            SELECT coalesce(sum(r.amount_minor), 0) FROM partreturn r WHERE r.bank_entry_id = e.id
        ) + (
            SELECT coalesce(sum(CASE e.direction WHEN 'debit' THEN c.amount_minor
                                ELSE -c.amount_minor END), 0)
            FROM bankcharge c WHERE c.bank_entry_id = e.id))
        """,
    ),
    Invariant(
        "M114",
        "what the bank booked and what came back is in the ledger, once",
        """
        SELECT p.reference || ' ' || m.kind FROM bankmatch m JOIN payment p ON p.id = m.payment_id
        WHERE m.kind IN ('booked', 'returned') AND 1 <> (
            SELECT count(*) FROM transfer t
            WHERE t.key = 'payment/' || p.reference || '/' || m.kind
            AND t.amount_minor = m.amount_minor AND t.currency = p.currency)
        """,
    ),
    Invariant(
        "S140",
        "what a bank took for itself is in the ledger, once, and nothing else is",
        """
        SELECT e.reference FROM bankcharge c JOIN bankentry e ON e.id = c.bank_entry_id
        WHERE 1 <> (SELECT count(*) FROM transfer t WHERE t.key = 'bank-charge/' || e.reference
                    AND t.amount_minor = c.amount_minor AND t.currency = e.currency)
        UNION SELECT t.key FROM transfer t WHERE t.key LIKE 'bank-charge/%'
        AND NOT EXISTS (
            SELECT 1 FROM bankentry e JOIN bankcharge c ON c.bank_entry_id = e.id
            WHERE t.key = 'bank-charge/' || e.reference)
        """,
    ),
)
