"""Holds: what must be true of invoices that people keep from settlement and payment."""

from vendorops.invariants._rule import Invariant

GONE = """
    SELECT e.seq FROM event e WHERE e.subject_table = 'invoicehold' AND e.subject_id = h.id
    AND e.after IN ('released', 'lapsed')
"""
BEGAN = """
    SELECT e.seq FROM event e WHERE e.subject_table = 'invoicehold' AND e.subject_id = h.id
    AND e.action = 'entered'
"""

INVARIANTS = (
    Invariant(
        "M90",
        "nothing of an invoice was settled or paid while somebody held it",
        f"""
        SELECT h.reference FROM invoicehold h
        JOIN invoiceline l ON l.invoice_id = h.invoice_id
        JOIN settlementline sl ON sl.invoice_line_id = l.id
        JOIN event done ON done.subject_table = 'settlement' AND done.subject_id = sl.settlement_id
        AND (done.action = 'entered' OR done.after = 'sealed')
        WHERE done.seq > ({BEGAN}) AND done.seq < coalesce(({GONE}), done.seq + 1)
        AND (h.until_on IS NULL OR h.until_on > done.business_day)
        UNION SELECT h.reference FROM invoicehold h
        JOIN invoiceline l ON l.invoice_id = h.invoice_id
        JOIN settlementline sl ON sl.invoice_line_id = l.id
        JOIN payment p ON p.settlement_id = sl.settlement_id
        JOIN event sent ON sent.subject_table = 'payment' AND sent.subject_id = p.id
        AND sent.after = 'sent'
        WHERE sent.seq > ({BEGAN}) AND sent.seq < coalesce(({GONE}), sent.seq + 1)
        AND (h.until_on IS NULL OR h.until_on > sent.business_day)
        """,  # noqa: S608 - constants of this module.
    ),
    Invariant(
        "S90",
        "a hold is of a line of its invoice, and was released by who asked, or as another decided",
        """
        SELECT h.reference FROM invoicehold h JOIN invoiceline l ON l.id = h.invoice_line_id
        WHERE l.invoice_id <> h.invoice_id
        UNION SELECT h.reference FROM invoicehold h WHERE h.status = 'released' AND NOT EXISTS (
            SELECT 1 FROM event e WHERE e.subject_table = 'invoicehold' AND e.subject_id = h.id
            AND e.after = 'released' AND e.actor = h.release_asked_by)
        AND NOT EXISTS (
            SELECT 1 FROM decision d WHERE d.subject_table = 'invoicehold' AND d.subject_id = h.id
            AND d.kind = 'hold_release' AND d.status = 'answered' AND d.answer = 'approve'
            AND d.step = d.steps)
        """,
    ),
)
