"""Ways to break what must be true of returns."""

from tests.invariants.seed import changed, copied, removed, seed

STATEMENT = """
INSERT INTO informationreturn
    (id, filing_id, supplier_id, says, paid_minor, withheld_minor, content_sha256)
SELECT f.id + 1, f.id, (SELECT min(id) FROM supplier), 'original', {paid}, {withheld}, 'SHA'
FROM filing f WHERE f.status = 'accepted' LIMIT 1
"""

SEEDS = (
    seed("M21", "a return declares too much", "UPDATE filing SET total_minor = total_minor + 1"),
    seed("M21", "a return counts a row more", "UPDATE filing SET rows = rows + 1"),
    seed(
        "M22",
        "tax of a month already filed is in no return",
        "DELETE FROM filingline",
        "UPDATE filing SET total_minor = 0, rows = 0",
        kin="M131 F2",
    ),
    seed(
        "M130",
        "a return declares what the ledger never kept back",
        "DELETE FROM transfer WHERE key LIKE '%/withheld/%'",
    ),
    seed(
        "M131",
        "a withholding names no return though one declares it",
        "UPDATE withholding SET filing_id = NULL",
    ),
    seed(
        "M131",
        "tax counts as not filed though its return was handed in",
        "UPDATE withholding SET status = 'booked'",
        kin="S02",
    ),
    seed(
        "M132",
        "two versions of a return are in force",
        *copied("filing", "status = 'accepted'", "reference = 'RET-2026-000009'"),
        kin="M21 M22 S110 S111 F2 S02",
    ),
    seed(
        "M133",
        "a statement tells of a payee what no line declares",
        STATEMENT.format(paid="100", withheld="f.total_minor"),
    ),
    seed(
        "M133",
        "statements leave out tax that was kept back",
        STATEMENT.format(paid="0", withheld="0"),
    ),
    seed(
        "S110",
        "who prepared a return approved it",
        "UPDATE filing SET approved_by = prepared_by",
    ),
    seed(
        "S110",
        "nobody was asked to approve a return",
        removed("decision", "kind = 'filing'"),
    ),
    seed(
        "S111",
        "a return was handed in without a receipt",
        "DELETE FROM filingreceipt WHERE event = 'submitted'",
    ),
    seed(
        "S111",
        "a return is accepted, but nobody recorded that the office said so",
        "DELETE FROM filingreceipt WHERE event = 'accepted'",
    ),
    seed(
        "S111",
        "a receipt is of another place than its return",
        changed("filingreceipt", "place = 'nowhere'"),
    ),
)
