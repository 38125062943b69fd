"""Ways to break what must be true of held invoices."""

from tests.invariants.seed import seed

HELD = """
INSERT INTO invoicehold (id, reference, invoice_id, invoice_line_id, reason, held_by, held_on,
    until_on, release_asked_by, release_asked_on, release_reason, status)
SELECT 1, 'HLD-2026-000001', {invoice}, {line}, 'it looks wrong', 'zhao.finance', '2026-11-01',
    NULL, {asked_by}, NULL, '', '{status}' FROM invoice i WHERE i.status = 'paid' LIMIT 1
"""
ENTERED = """
INSERT INTO event (id, seq, version, at, business_day, actor, on_behalf_of, action, subject_table,
    subject_id, before, after, reason, content_sha256, previous, hash)
SELECT 1, 0, 1, at, business_day, actor, '', 'entered', 'invoicehold', 1, '', 'active', 'seeded',
    '', '', '' FROM event ORDER BY seq LIMIT 1
"""
OTHER_LINE = "(SELECT min(l.id) FROM invoiceline l WHERE l.invoice_id <> i.id)"


def held(status="active", asked_by="NULL", line="NULL"):
    """Return SQL that holds an invoice that was paid long since."""
    return HELD.format(invoice="i.id", status=status, asked_by=asked_by, line=line)


SEEDS = (
    seed("M90", "a payment went while its invoice was held", held(), ENTERED, kin="S04"),
    seed("S90", "a hold is of a line of another invoice", held(line=OTHER_LINE), kin="S02"),
    seed(
        "S90",
        "a hold was released by nobody",
        held("released", asked_by="'zhao.finance'"),
        kin="S02",
    ),
)
