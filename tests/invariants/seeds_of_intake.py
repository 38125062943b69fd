"""Ways to break what must be true of how claims came in."""

from tests.invariants.seed import changed, seed

CONTAINED = (
    "INSERT INTO containedfile (id, container_id, received_file_id, position, name) "
    "SELECT 1, 1, id, 1, name FROM receivedfile LIMIT 1"
)

SEEDS = (
    seed(
        "M33",
        "what a page claims was entered by nobody",
        changed("invoice", "format = 'plain_pdf'"),
    ),
    seed("M34", "a file lay in a container that nobody opened", CONTAINED),
    seed(
        "M34",
        "a file was opened and nobody knows what lay in it",
        "INSERT INTO receivedfile (id, reference, sha256, name, size, received_on, status) "
        "VALUES (1, 'FIL-2026-000999', 'x', 'a.zip', 1, '2026-11-03', 'opened')",
        kin="S02",
    ),
)
