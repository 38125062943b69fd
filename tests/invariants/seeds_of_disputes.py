"""Ways to break what must be true of disputes and of the credits they brought."""

from tests.invariants.seed import seed

FOUND = "difference f JOIN invoiceline l ON l.id = f.invoice_line_id"
DISPUTE = """
INSERT INTO dispute (id, reference, invoice_id, invoice_line_id, difference_id, reason,
    amount_minor, currency, opened_by, opened_side, opened_on, clock_owner, clock_since, due_on,
    credit_minor, credit_by, noted_minor, outcome_by, outcome_on, outcome_reason, ended_on, status)
SELECT 1, 'DSP-2026-000001', l.invoice_id, l.id, {finding}, {reason}, {amount}, i.currency,
    'lin.buyer', 'buyer', '2026-11-05', 'supplier', '2026-11-05', '2026-11-19', {credit}, {by}, 0,
    'lin.buyer', NULL, '', {ended}, {status}
FROM difference f JOIN invoiceline l ON l.id = f.invoice_line_id JOIN invoice i
ON i.id = l.invoice_id WHERE f.treatment = 'disputed' AND f.amount_minor > 1 LIMIT 1
"""
SAID = """
INSERT INTO disputemessage (id, dispute_id, number, side, written_by, written_on, words,
    clock_owner, due_on)
VALUES (1, 1, 1, 'buyer', 'lin.buyer', '2026-11-05', 'no', 'supplier', '2026-11-19')
"""
DECIDED = """
INSERT INTO decision SELECT * FROM decision WHERE kind = 'exception' AND answer = 'approve' LIMIT 1
"""
ABOUT = """
UPDATE decision SET id = 1, subject_table = 'dispute', subject_id = 1, kind = 'dispute'
WHERE rowid = (SELECT max(rowid) FROM decision)
"""
ADJUSTED = """
INSERT INTO lineadjustment (id, dispute_id, difference_id, amount_minor, adjusted_on)
SELECT max(id) + 1, 1, {difference}, {amount}, '2026-11-06' FROM settlementline
"""
CREDIT = """
INSERT INTO disputecredit (id, dispute_id, invoice_id, credit_memo_id, amount_minor, offset_minor,
    credited_on)
SELECT 1, 1, d.invoice_id, NULL, {amount}, 0, '2026-11-06' FROM dispute d
"""


def dispute(**changed):
    """Return SQL that enters a dispute of a finding of the story, open unless told."""
    usual = {"finding": "f.id", "reason": "f.reason", "amount": "f.amount_minor", "credit": "0"}
    states = {"by": "''", "ended": "NULL", "status": "'open'"}
    return DISPUTE.format(**{**usual, **states, **changed})


CLOSED = {"status": "'closed'", "ended": "'2026-11-06'"}
OURS = "S02"
"""Of a dispute that was entered in no history."""

SEEDS = (
    seed(
        "M91",
        "a dispute was closed and its amount neither paid nor credited",
        dispute(**CLOSED),
        SAID,
        DECIDED,
        ABOUT,
        kin=OURS,
    ),
    seed(
        "M91",
        "less was noted than notes were tied",
        dispute(credit="1", by="'note'"),
        SAID,
        CREDIT.format(amount=1),
        kin=f"{OURS} M92",
    ),
    seed(
        "M92",
        "a claim that takes nothing back was tied as a credit note",
        dispute(credit="1", by="'note'"),
        SAID,
        CREDIT.format(amount=1),
        kin=f"{OURS} M91",
    ),
    seed(
        "M93",
        "more of a finding is paid than it is",
        dispute(),
        SAID,
        ADJUSTED.format(difference="(SELECT difference_id FROM dispute)", amount=10**9),
        kin=OURS,
    ),
    seed(
        "M93",
        "more is disputed than was found",
        dispute(amount="f.amount_minor + 1"),
        SAID,
        kin=OURS,
    ),
    seed(
        "S91",
        "an outcome was decided by nobody",
        dispute(credit="f.amount_minor", by="'none'", **CLOSED),
        SAID,
        kin=OURS,
    ),
    seed("S92", "nobody said whose turn it is", dispute(), kin=OURS),
    seed(
        "S93",
        "it is about another reason than was found",
        dispute(reason="'other'"),
        SAID,
        kin=OURS,
    ),
)
