"""Claims: what must be true of invoices, accepted work and the match between them."""

from vendorops.invariants._rule import Invariant

TAKEN_UP_AGAIN = """EXISTS (SELECT 1 FROM allocation x
            WHERE x.invoice_line_id = {row}.invoice_line_id
            AND x.reconciliation_id > {row}.reconciliation_id {known})
        OR EXISTS (SELECT 1 FROM difference x
            WHERE x.invoice_line_id = {row}.invoice_line_id
            AND x.reconciliation_id > {row}.reconciliation_id {known})"""
"""Whether a later reconciliation explained the same line once more; keys rise with time."""

INVARIANTS = (
    Invariant(
        "M03",
        "what is kept as a running figure equals the sum it stands for",
        f"""
        SELECT c.reference FROM contract c LEFT JOIN (
            SELECT contract_id, sum(net_minor) AS net FROM settlement
            WHERE status = 'sealed' GROUP BY contract_id
        ) sealed ON sealed.contract_id = c.id
        WHERE c.committed_minor <> coalesce(sealed.net, 0)
        UNION SELECT w.reference FROM workitem w LEFT JOIN (
            SELECT a.work_item_id, sum(a.quantity_e4) AS quantity FROM allocation a
            JOIN invoiceline l ON l.id = a.invoice_line_id
            JOIN invoice i ON i.id = l.invoice_id
            WHERE i.status NOT IN ('rejected', 'in_process')
            AND NOT ({TAKEN_UP_AGAIN.format(row="a", known="")})
            GROUP BY a.work_item_id
        ) taken ON taken.work_item_id = w.id
        WHERE w.claimed_e4 <> coalesce(taken.quantity, 0)
        """,  # noqa: S608 - a constant of this module.
    ),
    Invariant(
        "M08",
        "an invoice's gross is net plus tax; one paid in full is the sum of its lines",
        """
        SELECT i.reference FROM invoice i WHERE i.gross_minor <> i.net_minor + i.tax_minor
        OR (i.status IN ('accepted', 'paid') AND i.net_minor <> (
            SELECT coalesce(sum(l.net_minor), 0) FROM invoiceline l WHERE l.invoice_id = i.id))
        """,
    ),
    Invariant(
        "M35",
        "nothing that official rules reject is booked, unless our policy of that day only warns",
        """
        SELECT f.reference FROM receivedfile f JOIN ruleverdict v ON v.received_file_id = f.id
        WHERE (f.status = 'booked' AND v.outcome <> 'accepted' AND v.treatment = 'stops')
        OR (v.treatment = 'warns' AND 'warns' <> coalesce((
            SELECT p.rejected FROM verdictpolicy p WHERE p.valid_from <= v.judged_on
            ORDER BY p.valid_from DESC LIMIT 1), 'stops'))
        """,
    ),
    Invariant(
        "M13",
        "no more is claimed than was accepted, of the same contract, on an accepted sheet",
        """
        SELECT w.reference FROM workitem w JOIN servicesheet s ON s.id = w.service_sheet_id
        WHERE w.claimed_e4 > w.accepted_e4 OR w.accepted_e4 > w.quantity_e4
        OR s.contract_id <> w.contract_id
        OR (w.accepted_e4 > 0 AND s.status NOT IN ('accepted', 'partly_accepted'))
        UNION SELECT w.reference FROM allocation a
        JOIN workitem w ON w.id = a.work_item_id
        JOIN invoiceline l ON l.id = a.invoice_line_id JOIN invoice i ON i.id = l.invoice_id
        WHERE i.contract_id <> w.contract_id OR i.currency <> w.currency
        """,
    ),
    Invariant(
        "M17",
        "a supplier's invoice number is booked once",
        """
        SELECT max(reference) FROM invoice WHERE status <> 'rejected'
        GROUP BY supplier_id, number_normalised HAVING count(*) > 1
        """,
    ),
    Invariant(
        "M25",
        "every reconciled line is explained to the unit: allocations plus differences are its net",
        """
        SELECT i.reference || ' line ' || l.line FROM invoiceline l
        JOIN invoice i ON i.id = l.invoice_id
        JOIN (
            SELECT e.reconciliation_id, e.invoice_line_id, sum(e.amount_minor) AS explained FROM (
                SELECT reconciliation_id, invoice_line_id, amount_minor FROM allocation
                UNION ALL
                SELECT reconciliation_id, invoice_line_id, amount_minor FROM difference
            ) e GROUP BY e.reconciliation_id, e.invoice_line_id
        ) x ON x.invoice_line_id = l.id
        WHERE x.explained <> l.net_minor
        """,
    ),
    Invariant(
        "M27",
        "no more is credited of an invoice than its gross, under the same contract and currency",
        """
        SELECT s.reference FROM invoice s WHERE (
            SELECT coalesce(sum(t.credited_minor), 0) FROM invoicesource t
            JOIN invoice c ON c.id = t.invoice_id
            WHERE t.source_id = s.id AND c.status <> 'rejected') > abs(s.gross_minor)
        UNION SELECT c.reference FROM invoice c JOIN invoicesource t ON t.invoice_id = c.id
        JOIN invoice s ON s.id = t.source_id
        WHERE c.supplier_id <> s.supplier_id OR c.contract_id <> s.contract_id
        OR c.currency <> s.currency
        UNION SELECT c.reference FROM invoice c JOIN invoicesource t ON t.invoice_id = c.id
        GROUP BY c.reference, c.gross_minor
        HAVING sum(t.credited_minor) <> CASE WHEN c.gross_minor < 0 THEN -c.gross_minor ELSE 0 END
        """,
    ),
    Invariant(
        "M26",
        "an invoice that left its reconciliation has every line explained",
        """
        SELECT i.reference || ' line ' || l.line FROM invoiceline l
        JOIN invoice i ON i.id = l.invoice_id
        WHERE i.status NOT IN ('acknowledged', 'in_process', 'rejected') AND l.net_minor <> 0
        AND NOT EXISTS (SELECT 1 FROM allocation a WHERE a.invoice_line_id = l.id)
        AND NOT EXISTS (SELECT 1 FROM difference d WHERE d.invoice_line_id = l.id)
        """,
    ),
    Invariant(
        "M28",
        "every claim is explained to its net, unless its lines do not make it, which is disputed",
        """
        SELECT i.reference FROM invoice i JOIN (
            SELECT e.reconciliation_id, l.invoice_id, sum(e.amount_minor) AS explained,
                max(CASE WHEN e.reason = 'document_total' THEN 1 ELSE 0 END) AS apart
            FROM (
                SELECT reconciliation_id, invoice_line_id, amount_minor, '' AS reason
                FROM allocation
                UNION ALL
                SELECT reconciliation_id, invoice_line_id, amount_minor, reason FROM difference
            ) e JOIN invoiceline l ON l.id = e.invoice_line_id
            GROUP BY e.reconciliation_id, l.invoice_id
        ) x ON x.invoice_id = i.id
        WHERE x.apart = 0 AND x.explained <> i.net_minor
        """,
    ),
    Invariant(
        "M29",
        "a line is matched to the work it names, or to work of the sheet or order it names",
        """
        SELECT i.reference || ' line ' || l.line FROM allocation a
        JOIN invoiceline l ON l.id = a.invoice_line_id JOIN invoice i ON i.id = l.invoice_id
        JOIN workitem w ON w.id = a.work_item_id
        WHERE (l.work_item_id IS NULL OR l.work_item_id <> w.id) AND NOT EXISTS (
            SELECT 1 FROM referencecorrection x
            WHERE x.invoice_line_id = l.id AND x.work_item_id = w.id
        ) AND NOT EXISTS (
            SELECT 1 FROM linecoverage v LEFT JOIN orderline o ON o.id = w.order_line_id
            WHERE v.invoice_line_id = l.id AND (v.service_sheet_id = w.service_sheet_id
                OR (v.work_order_id = o.work_order_id
                    AND (v.number IS NULL OR v.number = o.number))))
        """,
    ),
)
