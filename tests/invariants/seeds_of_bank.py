"""Ways to break what must be true of what the bank says."""

from tests.invariants.seed import seed

FILE = """
INSERT INTO bankfile (id, reference, sha256, name, size, received_on, received_by, status)
VALUES (1, 'BKF-2026-000999', 'x', 's.xml', 1, '2026-11-06', 'zhao.finance', 'entered')
"""
STATEMENT = """
INSERT INTO bankstatement (id, reference, bank_file_id, bank_account_id, kind, ident, sequence,
currency, opening_minor, opening_on, closing_minor, closing_on, lines, content_sha256)
SELECT 1, 'BST-2026-000999', 1, b.debtor_account_id, 'statement', '1', '1', 'CNY',
p.amount_minor, '2026-11-05', 0, '2026-11-05', 1, 'x'
FROM payment p JOIN paymentbatch b ON b.id = p.batch_id WHERE p.reference = 'PAY-2026-000001'
"""
ENTRY = """
INSERT INTO bankentry (id, reference, bank_statement_id, entry, part, direction, amount_minor,
currency, bank_reference, code, end_to_end_id, batch_ids, named, returned, reason, status)
SELECT 1, 'BKE-2026-000999', 1, 1, 1, 'debit', amount_minor, 'CNY', '', '', '', '', '', 0, '',
'open' FROM payment WHERE reference = 'PAY-2026-000001'
"""
MATCH = """
INSERT INTO bankmatch (id, bank_entry_id, payment_id, kind, amount_minor)
SELECT 1, 1, id, 'booked', amount_minor FROM payment WHERE reference = 'PAY-2026-000001'
"""
REVERSAL = """
INSERT INTO transfer (id, debit_id, credit_id, currency, amount_minor, business_day, event_id, key,
reverses_id) SELECT 1, credit_id, debit_id, currency, amount_minor, business_day, event_id,
'payment/PAY-2026-000001/reversed', id FROM transfer WHERE key = 'payment/PAY-2026-000001'
"""
SETTLED = "UPDATE payment SET status = 'settled' WHERE reference = 'PAY-2026-000001'"
CHARGE = """
INSERT INTO bankcharge (id, bank_entry_id, amount_minor)
SELECT 1, 1, amount_minor FROM payment WHERE reference = 'PAY-2026-000001'
"""
TOLD = (FILE, STATEMENT, ENTRY)
MATCHED = (*TOLD, "UPDATE bankentry SET status = 'matched'")

SEEDS = (
    seed("M110", "a payment is settled and the bank never said so", SETTLED, kin="S02"),
    seed("M110", "the bank booked a payment that is awaited", *MATCHED, MATCH, kin="M114 S02"),
    seed("M111", "money is owed again that never came back", REVERSAL),
    seed(
        "M112",
        "a line of a statement is missing",
        *TOLD,
        "UPDATE bankstatement SET closing_minor = 1",
        kin="S02",
    ),
    seed("M113", "a line is matched to nothing", *MATCHED, kin="S02"),
    seed("S140", "a charge of the bank is not in the ledger", *MATCHED, CHARGE, kin="S02"),
    seed("M114", "what the bank booked is not in the ledger", *MATCHED, MATCH, SETTLED, kin="S02"),
)
