"""Ways to break what must be true of claims and of the ledger."""

from tests.invariants.seed import changed, copied, removed, seed

NET = "key = 'settlement/SET-2026-000001/net'"
PAID = "key = 'payment/PAY-2026-000001'"
NEW_TRANSFER = "key = 'new', reverses_id = NULL"
DISPUTED_WHOLE = (
    "treatment = 'disputed' AND invoice_line_id NOT IN (SELECT invoice_line_id FROM allocation)"
)
TIE = """
INSERT INTO invoicesource (id, invoice_id, source_id, number, credited_minor)
SELECT 1, c.id, s.id, s.number, {credited} FROM invoice s JOIN invoice c ON c.id <> s.id
AND (c.contract_id = s.contract_id) = {same_contract} LIMIT 1
"""
ANOTHER = "reference = 'INV-2026-000009', number_normalised = 'X', status = 'acknowledged'"
OTHER_CONTRACT = (
    "(SELECT max(w.id) FROM workitem w JOIN workitem mine ON mine.id = allocation.work_item_id "
    "WHERE w.contract_id <> mine.contract_id)"
)
OTHER_WORK = (
    "(SELECT max(w.id) FROM workitem w JOIN workitem mine ON mine.id = allocation.work_item_id "
    "WHERE w.contract_id = mine.contract_id AND w.id <> mine.id)"
)

LEDGER = (
    seed("M01", "moves nothing", *copied("transfer", NET, f"{NEW_TRANSFER}, amount_minor = 0")),
    seed(
        "M01",
        "moves from an account to itself",
        *copied("transfer", PAID, f"{NEW_TRANSFER}, debit_id = credit_id"),
    ),
    seed(
        "M02",
        "one side is in another currency",
        "UPDATE ledgeraccount SET currency = 'EUR' WHERE code = 'expense/rpo'",
        kin="M01",
    ),
    seed(
        "M04",
        "a supplier was paid more than it was owed",
        *copied("transfer", PAID, f"{NEW_TRANSFER}, amount_minor = 1"),
    ),
    seed("M05", "hangs on no event", changed("transfer", "event_id = 0", NET)),
    seed("M05", "a key was used twice", *copied("transfer", NET, "reverses_id = NULL")),
    seed(
        "M06",
        "a reversal is of another amount",
        *copied(
            "transfer",
            PAID,
            "key = 'new', reverses_id = id, amount_minor = amount_minor - 1, "
            "debit_id = credit_id, credit_id = debit_id",
        ),
        kin="M111",
    ),
    seed(
        "M06",
        "reversed twice",
        *copied(
            "transfer",
            PAID,
            "key = 'a', reverses_id = id, debit_id = credit_id, credit_id = debit_id",
        ),
        *copied("transfer", "key = 'a'", "key = 'b'"),
        kin="M111",
    ),
    seed(
        "M07",
        "booked after the month was closed",
        "INSERT INTO closedmonth (id, month, closed_on, closed_by) "
        "VALUES (1, '2026-11', '2026-11-30', 'zhao.finance')",
    ),
    seed("M24", "a payment sent was not booked", removed("transfer", PAID)),
)

CLAIMS = (
    seed(
        "M03",
        "less is committed than was settled",
        "UPDATE contract SET committed_minor = committed_minor - 1",
    ),
    seed(
        "M03",
        "less counts as claimed than was allocated",
        changed("workitem", "claimed_e4 = claimed_e4 - 1", "claimed_e4 > 0"),
    ),
    seed(
        "M08",
        "gross is not net plus tax",
        "UPDATE invoice SET gross_minor = gross_minor + 1 WHERE reference = 'INV-2026-000001'",
    ),
    seed(
        "M08",
        "paid in full, but its lines come to less",
        "UPDATE invoice SET net_minor = net_minor + 1, gross_minor = gross_minor + 1 "
        "WHERE status = 'paid'",
        kin="F6 M28",
    ),
    seed(
        "M13",
        "more was accepted than was delivered",
        changed("workitem", "accepted_e4 = quantity_e4 + 1", "claimed_e4 > 0"),
        kin="F6",
    ),
    seed(
        "M13",
        "a claim is matched to work of another contract",
        changed("allocation", f"work_item_id = {OTHER_CONTRACT}"),
        kin="M03 M29 F6",
    ),
    seed(
        "M29",
        "a claim is matched to work that it does not name",
        changed("allocation", f"work_item_id = {OTHER_WORK}"),
        kin="M03 F6",
    ),
    seed(
        "M28",
        "a claim asks for a unit more than is explained of it",
        "UPDATE invoice SET net_minor = net_minor + 1, gross_minor = gross_minor + 1 "
        "WHERE id = (SELECT min(id) FROM invoice WHERE status = 'part_paid')",
        kin="F6",
    ),
    seed(
        "M27",
        "what is credited is another supplier's",
        TIE.format(credited=0, same_contract=0),
    ),
    seed(
        "M27",
        "a claim that takes nothing back credits another",
        *copied("invoice", "1", ANOTHER),
        TIE.format(credited=1, same_contract=1),
        kin="S02",
    ),
    seed(
        "M27",
        "more is credited of an invoice than it claims",
        *copied("invoice", "1", ANOTHER),
        "UPDATE invoice SET net_minor = -10000000, tax_minor = 0, gross_minor = -10000000 "
        "WHERE reference = 'INV-2026-000009'",
        "INSERT INTO invoicesource (id, invoice_id, source_id, number, credited_minor) "
        "SELECT 1, c.id, s.id, s.number, 10000000 FROM invoice s JOIN invoice c "
        "ON c.contract_id = s.contract_id AND c.gross_minor < 0 AND s.gross_minor > 0",
        kin="S02",
    ),
    seed(
        "M17",
        "the same number was booked twice",
        *copied(
            "invoice",
            "status = 'part_paid'",
            "reference = 'INV-2026-000009', status = 'acknowledged'",
        ),
        kin="S02",
    ),
    seed(
        "M25",
        "one cent of a line is explained by nothing",
        changed("difference", "amount_minor = amount_minor - 1", DISPUTED_WHOLE),
        kin="M28 F6",
    ),
    seed(
        "M26",
        "a line was never looked at",
        removed("difference", DISPUTED_WHOLE),
        kin="M28 F6",
    ),
)

SEEDS = (*LEDGER, *CLAIMS)
