"""Ways to break what must be true of clients' money."""

from tests.invariants.seed import seed
from tests.invariants.seeds_of_bank import FILE, STATEMENT

ENTRY = """
INSERT INTO bankentry (id, reference, bank_statement_id, entry, part, direction, amount_minor,
currency, bank_reference, code, end_to_end_id, batch_ids, named, returned, reason, status)
VALUES (1, 'BKE-2026-000999', 1, 1, 1, 'credit', 5000, 'CNY', '', '', '', '', '', 0, '',
'open')
"""
FUNDING = """
INSERT INTO funding (id, reference, legal_entity_id, bank_entry_id, direction, amount_minor,
currency, confirmed_by, confirmed_on, reason)
SELECT 1, 'FND-2026-000999', id, 1, 'in', 5000, 'CNY', 'zhao.finance', '2026-11-06', 'seeded'
FROM legalentity LIMIT 1
"""
POLICY = """
INSERT INTO fundingpolicy (id, legal_entity_id, payouts, valid_from, cite)
SELECT 1, id, 'confirmed', '2026-01-01', 'seeded' FROM legalentity LIMIT 1
"""

SEEDS = (
    seed("M141", "funds were never booked", FILE, STATEMENT, ENTRY, FUNDING, kin="M112 S02"),
    seed("M142", "money went that was not taken off the funds", POLICY),
)
