"""Disputes: what must be true of amounts that supplier and buyer did not agree on."""

from vendorops.invariants._rule import Invariant

INVARIANTS = (
    Invariant(
        "M91",
        "of a closed dispute each cent was credited or paid as claimed, once",
        """
        SELECT d.reference FROM dispute d WHERE d.status = 'closed'
        AND d.difference_id IS NOT NULL AND d.amount_minor - d.credit_minor <> (
            SELECT coalesce(sum(j.amount_minor), 0) FROM lineadjustment j
            WHERE j.dispute_id = d.id AND j.difference_id = d.difference_id)
        UNION SELECT d.reference FROM dispute d WHERE d.status = 'closed'
        AND d.difference_id IS NULL AND d.credit_minor <> (
            SELECT coalesce(sum(c.amount_minor - c.offset_minor), 0) FROM disputecredit c
            WHERE c.dispute_id = d.id)
        UNION SELECT d.reference FROM dispute d WHERE d.noted_minor <> (
            SELECT coalesce(sum(c.amount_minor), 0) FROM disputecredit c
            WHERE c.dispute_id = d.id AND c.invoice_id IS NOT NULL)
        """,
    ),
    Invariant(
        "M92",
        "a note is tied for no more than it takes back, and adjusted by what it does not take off",
        """
        SELECT n.reference FROM invoice n JOIN disputecredit c ON c.invoice_id = n.id
        GROUP BY n.id, n.reference, n.net_minor HAVING sum(c.amount_minor) > -n.net_minor
        UNION SELECT n.reference FROM disputecredit c JOIN invoice n ON n.id = c.invoice_id
        JOIN dispute d ON d.id = c.dispute_id
        JOIN invoice i ON i.id = d.invoice_id
        WHERE n.supplier_id <> i.supplier_id OR n.status = 'rejected' OR NOT EXISTS (
            SELECT 1 FROM invoicesource t
            WHERE t.invoice_id = n.id AND t.source_id = d.invoice_id)
        UNION SELECT n.reference FROM disputecredit c JOIN invoice n ON n.id = c.invoice_id
        WHERE c.offset_minor <> (
            SELECT coalesce(sum(j.amount_minor), 0) FROM lineadjustment j
            JOIN difference f ON f.id = j.difference_id
            JOIN invoiceline l ON l.id = f.invoice_line_id
            WHERE j.dispute_id = c.dispute_id AND l.invoice_id = n.id)
        """,
    ),
    Invariant(
        "M93",
        "disputes pay no more of a difference than it is, and dispute no more than was found",
        """
        SELECT 'difference ' || f.id FROM difference f
        JOIN lineadjustment j ON j.difference_id = f.id
        GROUP BY f.id, f.amount_minor HAVING sum(j.amount_minor) > abs(f.amount_minor)
        UNION SELECT 'difference ' || f.id FROM difference f
        JOIN dispute d ON d.difference_id = f.id
        WHERE d.status NOT IN ('withdrawn', 'lapsed')
        GROUP BY f.id, f.amount_minor HAVING sum(d.amount_minor) > f.amount_minor
        """,
    ),
    Invariant(
        "S91",
        "an outcome was decided by somebody who neither proposed it nor opened the dispute",
        """
        SELECT d.reference FROM dispute d WHERE d.status IN ('agreed', 'closed')
        AND NOT EXISTS (
            SELECT 1 FROM decision a WHERE a.subject_table = 'dispute' AND a.subject_id = d.id
            AND a.kind = 'dispute' AND a.status = 'answered' AND a.answer = 'approve'
            AND a.step = a.steps AND a.answered_by NOT IN (d.outcome_by, d.opened_by))
        """,
    ),
    Invariant(
        "S92",
        "whose turn a dispute is, and until when, is what was said in it last",
        """
        SELECT d.reference FROM dispute d WHERE NOT EXISTS (
            SELECT 1 FROM disputemessage m WHERE m.dispute_id = d.id
            AND m.clock_owner = d.clock_owner AND m.due_on = d.due_on
            AND m.number = (
                SELECT count(*) FROM disputemessage x WHERE x.dispute_id = d.id))
        """,
    ),
    Invariant(
        "S93",
        "a dispute is about a line and a finding of its own claim, in its currency",
        """
        SELECT d.reference FROM dispute d JOIN invoice i ON i.id = d.invoice_id
        LEFT JOIN invoiceline l ON l.id = d.invoice_line_id
        LEFT JOIN difference f ON f.id = d.difference_id
        WHERE d.currency <> i.currency OR (l.id IS NOT NULL AND l.invoice_id <> i.id)
        OR (f.id IS NOT NULL AND (l.id IS NULL OR f.invoice_line_id <> l.id
            OR f.reason <> d.reason OR f.treatment <> 'disputed'))
        OR (d.ended_on IS NULL) <> (d.status NOT IN ('closed', 'withdrawn', 'lapsed'))
        """,
    ),
)
