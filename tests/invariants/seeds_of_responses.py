"""Ways to break what must be true of what suppliers were told."""

from tests.invariants.seed import seed

TOLD = """
INSERT INTO invoiceresponse (id, reference, invoice_id, number, code, content, file_sha256,
    written_on)
SELECT 1, 'IRP-2026-000001', id, {number}, 'AP', '{{}}', 'none', '2026-11-06' FROM invoice LIMIT 1
"""

SEEDS = (
    seed("S94", "a response was promised to nobody", TOLD.format(number=1), kin="F20"),
    seed("F20", "the file of a response is not there", TOLD.format(number=2), kin="S94"),
)
