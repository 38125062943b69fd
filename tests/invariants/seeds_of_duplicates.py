"""Ways to break what must be true of claims that look like earlier ones."""

from tests.invariants.seed import seed

PARTS = '[{"code":"same_number","points":600000,"sentence":"alike"}]'


def suspicion(status: str, score: int = 600_000) -> str:
    """Return SQL that enters a suspicion about two paid claims of one supplier."""
    columns = (
        "id, reference, invoice_id, earlier_id, score_e6, parts, scorer, found_on, status",
        f"1, 'DUP-1', id, id, {score}, '{PARTS}', 'x', '2026-11-01', '{status}'",
    )
    paid = "FROM invoice WHERE status IN ('paid', 'part_paid') LIMIT 1"
    return f"INSERT INTO possibleduplicate ({columns[0]}) SELECT {columns[1]} {paid}"


SEEDS = (
    seed("S80", "a claim was paid while nobody had looked", suspicion("open"), kin="S02"),
    seed("S80", "a claim found to be made before was paid", suspicion("confirmed"), kin="S02"),
    seed("S80", "a suspicion was dismissed by nobody", suspicion("dismissed"), kin="S02"),
    seed("S81", "a score is not the sum of its parts", suspicion("lapsed", 599_999), kin="S02"),
)
