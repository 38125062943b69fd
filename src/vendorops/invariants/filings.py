"""Returns: what must be true of what tax offices were told."""

from vendorops import law
from vendorops.invariants._rule import Invariant

FORMS = " UNION ALL ".join(
    f"SELECT '{tax}' AS tax, '{form.form}' AS form, {form.months} AS months"
    for code in law.codes()
    for form in law.jurisdiction(code).returns
    for tax in form.taxes
)
"""Which form declares which tax, and how many months one is about."""
IN_FORCE = "('submitted', 'accepted')"
OWED = "('booked', 'filed', 'remitted', 'certified')"

INVARIANTS = (
    Invariant(
        "M21",
        "every version of a return comes to the rows and the total of what it declares",
        """
        SELECT f.reference FROM filing f WHERE f.total_minor <> (
            SELECT coalesce(sum(w.amount_minor), 0) FROM filingline l
            JOIN withholding w ON w.id = l.withholding_id WHERE l.filing_id = f.id)
        OR f.rows <> (SELECT count(*) FROM filingline l WHERE l.filing_id = f.id)
        """,
    ),
    Invariant(
        "M22",
        "every withholding booked before its month was filed is in that return",
        f"""
        SELECT s.reference FROM withholding w JOIN settlement s ON s.id = w.settlement_id
        JOIN contract c ON c.id = s.contract_id JOIN ({FORMS}) d ON d.tax = w.tax
        JOIN filing f ON f.form = d.form AND f.legal_entity_id = c.legal_entity_id
            AND substr(f.month, 1, 4) = substr(w.month, 1, 4)
            AND (CAST(substr(f.month, 6) AS INTEGER) - 1) / d.months
                = (CAST(substr(w.month, 6) AS INTEGER) - 1) / d.months
        WHERE w.status IN {OWED} AND f.status IN {IN_FORCE} AND NOT EXISTS (
            SELECT 1 FROM filingline l WHERE l.filing_id = f.id AND l.withholding_id = w.id)
        AND EXISTS (
            SELECT 1 FROM transfer t
            WHERE t.key = 'settlement/' || s.reference || '/net' AND t.id < f.id)
        """,  # noqa: S608 - of the law shelf. Keys rise with time: a later one is a later booking.
    ),
    Invariant(
        "M130",
        "what returns declare is, withholding by withholding, what the ledger kept back",
        """
        SELECT f.reference FROM filing f JOIN filingline l ON l.filing_id = f.id
        JOIN withholding w ON w.id = l.withholding_id
        JOIN settlement s ON s.id = w.settlement_id
        WHERE f.status NOT IN ('rejected', 'superseded') AND w.amount_minor <> (
            SELECT coalesce(sum(t.amount_minor), 0) FROM transfer t
            WHERE t.key = 'settlement/' || s.reference || '/withheld/' || w.tax
            AND NOT EXISTS (SELECT 1 FROM transfer r WHERE r.reverses_id = t.id))
        """,
    ),
    Invariant(
        "M131",
        "a withholding names the newest return that stands and declares it, and no other",
        f"""
        SELECT s.reference FROM withholding w JOIN settlement s ON s.id = w.settlement_id
        WHERE coalesce(w.filing_id, 0) <> coalesce((
            SELECT max(f.id) FROM filingline l JOIN filing f ON f.id = l.filing_id
            WHERE l.withholding_id = w.id
            AND f.status NOT IN ('rejected', 'superseded', 'amended')), 0)
        UNION SELECT s.reference FROM withholding w JOIN settlement s ON s.id = w.settlement_id
        WHERE w.status IN ('filed', 'booked') AND (w.status = 'filed') <> EXISTS (
            SELECT 1 FROM filingline l JOIN filing f ON f.id = l.filing_id
            WHERE l.withholding_id = w.id AND f.status IN {IN_FORCE})
        """,  # noqa: S608 - a constant of this module.
    ),
    Invariant(
        "M132",
        "of the versions of a return one at most is underway, and one at most in force",
        f"""
        SELECT max(reference) FROM filing
        WHERE status IN ('prepared', 'checked', 'approved', 'written')
        GROUP BY legal_entity_id, form, month HAVING count(*) > 1
        UNION SELECT max(reference) FROM filing WHERE status IN {IN_FORCE}
        GROUP BY legal_entity_id, form, month HAVING count(*) > 1
        """,  # noqa: S608 - a constant of this module.
    ),
    Invariant(
        "M133",
        "statements of single payees come to what their version declares, payee by payee",
        """
        SELECT f.reference FROM informationreturn i JOIN filing f ON f.id = i.filing_id
        WHERE i.says <> 'withdrawn' AND (i.paid_minor, i.withheld_minor) <> (
            SELECT coalesce(sum(w.income_minor), 0), coalesce(sum(w.amount_minor), 0)
            FROM filingline l JOIN withholding w ON w.id = l.withholding_id
            JOIN settlement s ON s.id = w.settlement_id
            WHERE l.filing_id = f.id AND s.supplier_id = i.supplier_id)
        UNION SELECT f.reference FROM filing f JOIN informationreturn i ON i.filing_id = f.id
        GROUP BY f.id, f.reference, f.total_minor HAVING sum(i.withheld_minor) <> f.total_minor
        """,
    ),
    Invariant(
        "S110",
        "a return was approved by somebody who neither prepared nor checked it, for this content",
        """
        SELECT f.reference FROM filing f
        WHERE f.status IN ('approved', 'written', 'submitted', 'accepted', 'amended')
        AND (f.approved_by IS NULL OR f.checked_by IS NULL OR f.approved_by = f.prepared_by
        OR f.approved_by = f.checked_by OR NOT EXISTS (
            SELECT 1 FROM decision d WHERE d.subject_table = 'filing' AND d.subject_id = f.id
            AND d.kind = 'filing' AND d.answer = 'approve' AND d.status = 'answered'
            AND d.step = d.steps AND d.answered_by = f.approved_by))
        """,
    ),
    Invariant(
        "S111",
        "a return is handed in, accepted or rejected by an office exactly where that was recorded",
        """
        SELECT f.reference FROM filing f WHERE f.status IN ('submitted', 'accepted', 'amended')
        AND NOT EXISTS (SELECT 1 FROM filingreceipt r
                        WHERE r.filing_id = f.id AND r.event = 'submitted')
        UNION SELECT f.reference FROM filing f WHERE f.status = 'accepted' AND NOT EXISTS (
            SELECT 1 FROM filingreceipt r WHERE r.filing_id = f.id AND r.event = 'accepted')
        UNION SELECT f.reference FROM filingreceipt r JOIN filing f ON f.id = r.filing_id
        WHERE f.status NOT IN ('submitted', 'accepted', 'amended', 'rejected')
        OR (r.event = 'rejected' AND f.status <> 'rejected')
        OR (r.event = 'accepted' AND f.status NOT IN ('accepted', 'amended'))
        OR (f.status = 'rejected' AND r.event = 'submitted' AND NOT EXISTS (
            SELECT 1 FROM filingreceipt o WHERE o.filing_id = f.id AND o.event = 'rejected'))
        UNION SELECT max(f.reference) FROM filingreceipt r JOIN filing f ON f.id = r.filing_id
        WHERE r.event = 'submitted' GROUP BY f.legal_entity_id, f.place, r.number
        HAVING count(*) > 1
        UNION SELECT f.reference FROM filingreceipt r JOIN filing f ON f.id = r.filing_id
        WHERE r.legal_entity_id <> f.legal_entity_id OR r.place <> f.place
        """,
    ),
)
