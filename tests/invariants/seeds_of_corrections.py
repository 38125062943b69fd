"""Ways to break what must be true of corrected references."""

from tests.invariants.seed import seed

UNKNOWN = "l.work_item_id IS NULL"
KNOWN = "l.work_item_id IS NOT NULL AND w.id = l.work_item_id"


def corrected(where: str) -> str:
    """Return SQL that enters a correction of some line to some work, backed by no answer."""
    said = "(SELECT min(id) FROM decision), 'zhao.finance', 'x', '2026-11-05'"
    found = (
        "invoiceline l JOIN invoice i ON i.id = l.invoice_id "
        "JOIN workitem w ON w.contract_id = i.contract_id"
    )
    chosen = f"SELECT 1, l.id, w.id, {said} FROM {found} WHERE {where} LIMIT 1"  # noqa: S608 - of these tests.
    return f"INSERT INTO referencecorrection {chosen}"


SEEDS = (
    seed("S82", "the work of a line was known", corrected(KNOWN), kin="S83"),
    seed("S83", "nobody said what a line means", corrected(UNKNOWN), kin="F6"),
)
