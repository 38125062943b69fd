"""Ways to break what must be true of withheld tax that was paid over."""

from tests.invariants.seed import seed

REMITTED = "UPDATE withholding SET status = 'remitted'"
FOR_A_RETURN = """
UPDATE payment SET settlement_id = NULL, filing_id = (SELECT min(id) FROM filing)
WHERE reference = 'PAY-2026-000001'
"""

SEEDS = (
    seed("M143", "tax is paid over by no payment", REMITTED, kin="S02"),
    seed("M144", "tax went to somebody else", FOR_A_RETURN, kin="M143 M11 F2"),
)
