"""Ways to break what must be true of parts of payments that came back."""

from tests.invariants.seed import changed, copied, seed
from tests.invariants.seeds_of_bank import MATCHED

ADDS_UP = "UPDATE bankstatement SET lines = 3, closing_minor = opening_minor"
BACK = """
INSERT INTO bankentry (id, reference, bank_statement_id, entry, part, direction, amount_minor,
currency, bank_reference, code, end_to_end_id, batch_ids, named, returned, reason, charges_minor,
charges_unsaid_minor, status)
SELECT k.n, 'BKE-2026-00099' || k.n, 1, k.n, 1, 'credit',
CASE k.n WHEN 2 THEN p.amount_minor - 100 ELSE 100 END, 'CNY', '', '', '', '', '', 0, '', 0, 0,
'matched'
FROM payment p JOIN (SELECT 2 AS n UNION SELECT 3) k ON 1 = 1 WHERE p.reference = 'PAY-2026-000001'
"""
BOOKED = """
INSERT INTO bankmatch (id, bank_entry_id, payment_id, kind, amount_minor)
SELECT 1, 1, id, 'booked', amount_minor FROM payment WHERE reference = 'PAY-2026-000001'
"""
SETTLED = "UPDATE payment SET status = 'settled' WHERE reference = 'PAY-2026-000001'"
SAID = """
INSERT INTO decision (id, reference, kind, subject_table, subject_id, answer, answered_by, status)
VALUES (1, 'DEC-2026-999998', 'bank_entry', 'bankentry', 2, 'approve', 'zhao.finance', 'answered'),
(2, 'DEC-2026-999997', 'bank_entry', 'bankentry', 3, 'approve', 'zhao.finance', 'answered')
"""
PARTS = """
INSERT INTO partreturn (id, reference, bank_entry_id, payment_id, settlement_id, amount_minor,
currency, decision_id)
SELECT e.id, 'PRT-2026-00000' || e.id, e.id, p.id, p.settlement_id, e.amount_minor, 'CNY', e.id - 1
FROM payment p JOIN bankentry e ON e.direction = 'credit' WHERE p.reference = 'PAY-2026-000001'
"""
LEDGER = """
INSERT INTO transfer (id, debit_id, credit_id, currency, amount_minor, business_day, event_id, key)
SELECT r.id * 10 + k.n, CASE k.n WHEN 1 THEN t.credit_id ELSE t.debit_id END,
CASE k.n WHEN 1 THEN t.debit_id ELSE t.credit_id END, t.currency, r.amount_minor, t.business_day,
t.event_id, 'payment/PAY-2026-000001/' || k.what || '/' || r.reference
FROM partreturn r JOIN transfer t ON t.key = 'payment/PAY-2026-000001'
JOIN (SELECT 1 AS n, 'part-returned' AS what UNION SELECT 2, 'owed-anew') k ON 1 = 1
"""
IN_PARTS = (*MATCHED, ADDS_UP, BACK, BOOKED, SETTLED, SAID, PARTS, LEDGER)
"""A payment that the bank booked and that came back in two parts, which are owed anew."""
ANEW = copied(
    "payment",
    "reference = 'PAY-2026-000001'",
    "reference = 'PAY-2026-000999', end_to_end_id = 'PAY-2026-000999', settlement_id = NULL, "
    "returned_by_id = 3, amount_minor = 100, status = 'planned'",
)

UNSEEN = "M114 S02 S07"
"""The bank's booking is in no ledger, and the history saw neither it nor the answers."""
UNWRITTEN = "F2 M18 S21"
"""The file of the batch does not order it, and nobody approved it."""

SEEDS = (
    seed(
        "M115",
        "more came back in parts than was paid",
        *IN_PARTS,
        changed("partreturn", "amount_minor = amount_minor + 1", "id = 3"),
        "UPDATE bankentry SET amount_minor = 101 WHERE id = 3",
        "UPDATE bankstatement SET closing_minor = closing_minor + 1",
        "UPDATE transfer SET amount_minor = 101 WHERE key LIKE '%/PRT-2026-000003'",
        kin=UNSEEN,
    ),
    seed(
        "M115",
        "who let a payment go said that a part of it came back",
        *IN_PARTS,
        changed("decision", "answered_by = 'sun.releaser'", "id = 2"),
        kin=UNSEEN,
    ),
    seed(
        "M115",
        "a part came back of a payment that was never booked",
        *IN_PARTS,
        changed("payment", "status = 'sent'", "reference = 'PAY-2026-000001'"),
        kin=f"{UNSEEN} M110",
    ),
    seed(
        "M116",
        "a part that came back is not owed to anybody",
        *IN_PARTS,
        "DELETE FROM transfer WHERE key = 'payment/PAY-2026-000001/owed-anew/PRT-2026-000003'",
        kin=UNSEEN,
    ),
    seed(
        "M116",
        "something is owed anew of which no part came back",
        *IN_PARTS,
        changed("transfer", "key = key || '9'", "key LIKE '%/owed-anew/PRT-2026-000003'"),
        kin=UNSEEN,
    ),
    seed(
        "M117",
        "a part is paid anew for more than came back",
        *IN_PARTS,
        *ANEW,
        changed("payment", "amount_minor = 101", "reference = 'PAY-2026-000999'"),
        kin=f"{UNSEEN} {UNWRITTEN}",
    ),
    seed(
        "M117",
        "a part is paid anew twice",
        *IN_PARTS,
        *ANEW,
        *copied(
            "payment",
            "reference = 'PAY-2026-000999'",
            "reference = 'PAY-2026-000998', end_to_end_id = 'PAY-2026-000998'",
        ),
        kin=f"{UNSEEN} {UNWRITTEN}",
    ),
    seed(
        "M117",
        "what pays a settlement whole is taken for a part of one",
        changed("payment", "returned_by_id = 1", "reference = 'PAY-2026-000001'"),
        kin="F2",
    ),
)
