"""Ways to break what must be true of files that official rules judged."""

from tests.invariants.seed import changed, seed

SEEDS = (
    seed(
        "M35",
        "a file was booked although its rules reject it",
        changed("ruleverdict", "outcome = 'rejected'"),
    ),
    seed(
        "M35",
        "a rejection only warned although nobody had decided so",
        changed("ruleverdict", "treatment = 'warns'"),
    ),
)
