"""Ways to break what must be true of contracts, their drafts, amendments and prices."""

from tests.invariants.seed import changed, seed

SEEDS = (
    seed(
        "S50",
        "a cap was raised without anybody being asked",
        "UPDATE contract SET cap_minor = cap_minor + 100",
    ),
    seed(
        "S50",
        "payment days were changed in the facts alone",
        "UPDATE contract SET facts = replace(facts, '\"days\":3', '\"days\":4')",
    ),
    seed(
        "S17",
        "the draft was changed with the contract",
        "UPDATE contract SET template = 'other'",
        "UPDATE contractversion SET template = 'other'",
    ),
    seed("S51", "a price in force is in no facts", changed("contractterm", "code = 'other'")),
    seed(
        "S52",
        "the one who asked for an amendment approved it",
        "UPDATE amendment SET proposed_by = (SELECT answered_by FROM decision "
        "WHERE kind = 'amendment' LIMIT 1)",
    ),
    seed(
        "F8",
        "another file was signed than was sent",
        "UPDATE contract SET signed_how = 'file', signed_sha256 = "
        "(SELECT max(sha256) FROM storeddocument WHERE suffix = '.yaml')",
    ),
)
