"""Money out: what must be true of settlements, payments and withholdings."""

from vendorops.invariants._rule import Invariant
from vendorops.invariants.claims import TAKEN_UP_AGAIN

KNOWN = "AND x.reconciliation_id <= s.reconciliation_id"
"""What a settlement could know of: later it may have been rejected and its month reopened."""
SENT = "('sent', 'accepted_by_bank', 'settled', 'rejected', 'returned')"
PAID = "('sent', 'accepted_by_bank', 'settled')"
"""What was sent and neither refused nor returned."""

INVARIANTS = (
    Invariant(
        "M09",
        "a claim line is settled once, for what was matched, tolerated or agreed",
        f"""
        SELECT s.reference FROM settlementline sl JOIN settlement s ON s.id = sl.settlement_id
        WHERE sl.net_minor <> (
            SELECT coalesce(sum(a.amount_minor), 0) FROM allocation a
            WHERE a.invoice_line_id = sl.invoice_line_id
            AND a.reconciliation_id <= s.reconciliation_id
            AND NOT ({TAKEN_UP_AGAIN.format(row="a", known=KNOWN)})
        ) + (
            SELECT coalesce(sum(d.amount_minor), 0) FROM difference d
            WHERE d.invoice_line_id = sl.invoice_line_id AND d.treatment = 'tolerated'
            AND d.reconciliation_id <= s.reconciliation_id
            AND NOT ({TAKEN_UP_AGAIN.format(row="d", known=KNOWN)})
        ) + (
            SELECT coalesce(sum(j.amount_minor), 0) FROM lineadjustment j
            JOIN difference d ON d.id = j.difference_id
            WHERE d.invoice_line_id = sl.invoice_line_id AND j.id < sl.id
            AND d.reconciliation_id <= s.reconciliation_id
            AND NOT ({TAKEN_UP_AGAIN.format(row="d", known=KNOWN)}))
        UNION SELECT 'line ' || sl.invoice_line_id FROM settlementline sl
        JOIN settlement s ON s.id = sl.settlement_id WHERE s.status <> 'rejected'
        GROUP BY sl.invoice_line_id HAVING count(*) > 1
        """,  # noqa: S608 - constants of these modules.
    ),
    Invariant(
        "M10",
        "a payment is the settled lines less credits and the tax withheld",
        """
        SELECT s.reference FROM settlement s WHERE s.net_minor + s.tax_minor <> (
            SELECT coalesce(sum(l.net_minor + l.tax_minor), 0) FROM settlementline l
            WHERE l.settlement_id = s.id
        ) - (
            SELECT coalesce(sum(k.net_minor + k.tax_minor), 0) FROM settlementcredit k
            WHERE k.settlement_id = s.id)
        OR s.withheld_minor <> (
            SELECT coalesce(sum(w.amount_minor), 0) FROM withholding w
            WHERE w.settlement_id = s.id)
        OR s.payable_minor <> s.net_minor + s.tax_minor - s.withheld_minor
        UNION SELECT p.reference FROM payment p JOIN settlement s ON s.id = p.settlement_id
        WHERE p.amount_minor <> s.payable_minor
        """,
    ),
    Invariant(
        "M11",
        "an invoice is paid exactly when a payment for its lines was sent, or credits cover them",
        f"""
        SELECT i.reference FROM invoice i WHERE i.status IN ('paid', 'part_paid')
        AND NOT EXISTS (
            SELECT 1 FROM settlementline l JOIN payment p ON p.settlement_id = l.settlement_id
            JOIN invoiceline il ON il.id = l.invoice_line_id
            WHERE il.invoice_id = i.id AND p.status IN {PAID})
        AND NOT EXISTS (
            SELECT 1 FROM settlementline l JOIN settlement s ON s.id = l.settlement_id
            JOIN invoiceline il ON il.id = l.invoice_line_id
            WHERE il.invoice_id = i.id AND s.status = 'sealed' AND s.payable_minor = 0)
        UNION SELECT i.reference FROM invoice i
        JOIN invoiceline il ON il.invoice_id = i.id
        JOIN settlementline l ON l.invoice_line_id = il.id
        JOIN payment p ON p.settlement_id = l.settlement_id
        WHERE p.status IN {PAID} AND i.status NOT IN ('paid', 'part_paid')
        """,  # noqa: S608 - a constant of this module.
    ),
    Invariant(
        "M12",
        "no contract is committed above its cap",
        "SELECT reference FROM contract WHERE committed_minor > cap_minor OR committed_minor < 0",
    ),
    Invariant(
        "M14",
        "no payment without an approval of exactly the content that is paid",
        """
        SELECT p.reference FROM payment p JOIN settlement s ON s.id = p.settlement_id
        WHERE p.settlement_sha256 <> s.content_sha256 OR (NOT EXISTS (
            SELECT 1 FROM decision d WHERE d.subject_table = 'settlement'
            AND d.kind = 'settlement' AND d.subject_id = s.id
            AND d.content_sha256 = s.content_sha256 AND d.answer = 'approve'
            AND d.status = 'answered' AND d.step = d.steps)
        AND NOT EXISTS (
            SELECT 1 FROM settlementrun r JOIN decision d ON d.subject_id = r.id
            WHERE r.id = s.settlement_run_id AND d.subject_table = 'settlementrun'
            AND d.kind = 'settlement' AND d.answer = 'approve'
            AND d.status = 'answered' AND d.step = d.steps))
        UNION SELECT b.reference FROM paymentbatch b WHERE b.status = 'released' AND 2 <> (
            SELECT count(DISTINCT d.kind) FROM decision d
            WHERE d.subject_table = 'paymentbatch' AND d.subject_id = b.id
            AND d.kind IN ('payment_approval', 'payment_release') AND d.answer = 'approve'
            AND d.status = 'answered' AND d.step = d.steps)
        """,
    ),
    Invariant(
        "M15",
        "payee and currency agree from contract to bank account",
        """
        SELECT p.reference FROM payment p
        JOIN settlement s ON s.id = p.settlement_id JOIN contract c ON c.id = s.contract_id
        JOIN supplier u ON u.id = c.supplier_id JOIN bankaccount b ON b.id = p.bank_account_id
        WHERE s.supplier_id <> c.supplier_id OR b.party_id <> u.party_id
        OR p.currency <> s.currency OR s.currency <> c.currency OR b.currency <> p.currency
        UNION SELECT s.reference FROM settlement s
        JOIN settlementline sl ON sl.settlement_id = s.id
        JOIN invoiceline l ON l.id = sl.invoice_line_id JOIN invoice i ON i.id = l.invoice_id
        WHERE i.contract_id <> s.contract_id OR i.supplier_id <> s.supplier_id
        OR i.currency <> s.currency
        """,
    ),
    Invariant(
        "M16",
        "money went only to accounts that were active when it was released",
        f"""
        SELECT p.reference FROM payment p JOIN bankaccount b ON b.id = p.bank_account_id
        JOIN paymentbatch t ON t.id = p.batch_id
        WHERE p.status IN {SENT} AND (b.active_from IS NULL OR b.active_from > t.execution_day
        OR b.status NOT IN ('active', 'superseded', 'revoked')
        OR EXISTS (
            SELECT 1 FROM event gone JOIN event released ON released.seq > gone.seq
            WHERE gone.subject_table = 'bankaccount' AND gone.subject_id = b.id
            AND gone.after IN ('superseded', 'revoked')
            AND released.subject_table = 'paymentbatch' AND released.subject_id = t.id
            AND released.after = 'released'))
        """,  # noqa: S608 - a constant of this module.
    ),
    Invariant(
        "M18",
        "a payment file's count and control sum are those of its payments, and it is kept",
        """
        SELECT b.reference FROM paymentbatch b
        WHERE b.count <> (SELECT count(*) FROM payment p WHERE p.batch_id = b.id)
        OR b.control_sum_minor <> (
            SELECT coalesce(sum(p.amount_minor), 0) FROM payment p WHERE p.batch_id = b.id)
        OR NOT EXISTS (SELECT 1 FROM storeddocument d WHERE d.sha256 = b.file_sha256)
        UNION SELECT max(reference) FROM paymentbatch GROUP BY message_id HAVING count(*) > 1
        """,
    ),
    Invariant(
        "M19",
        "an end-to-end id was used once for ever",
        "SELECT max(reference) FROM payment GROUP BY end_to_end_id HAVING count(*) > 1",
    ),
    Invariant(
        "M23",
        "tax withheld is within its base, and the base within the income",
        """
        SELECT s.reference FROM withholding w JOIN settlement s ON s.id = w.settlement_id
        WHERE w.amount_minor < 0 OR w.amount_minor > w.base_minor
        OR w.base_minor > w.income_minor
        """,
    ),
)
