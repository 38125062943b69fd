"""Ways to break what must be true of what payees say of settlements."""

from tests.invariants.seed import seed

SHOWN = """
INSERT INTO settlementconfirmation (id, reference, settlement_id, policy_id, content_sha256,
    required, round, shown_on, due_on, status)
SELECT 1, 'CFM-2026-000999', p.settlement_id, NULL, {content}, {required}, 1, '2026-11-03',
    '2026-11-08', '{status}'
FROM payment p JOIN settlement s ON s.id = p.settlement_id WHERE p.reference = 'PAY-2026-000001'
"""


def shown(status, required=0, content="s.content_sha256"):
    """Return SQL that has a paid settlement confirmed, disputed or waited for."""
    return SHOWN.format(status=status, required=required, content=content)


SEEDS = (
    seed("M140", "what is paid is disputed", shown("disputed"), kin="S120 S02"),
    seed("M140", "what is paid was never confirmed", shown("shown", required=1), kin="S02"),
    seed("S120", "a statement says something else", shown("shown", content="'x'"), kin="S02"),
    seed("S120", "nobody confirmed it", shown("confirmed"), kin="S02"),
    seed("S120", "nobody overruled the payee", shown("overruled"), kin="S02"),
)
