"""Ways to break what must be true of settlements that were settled together."""

from tests.invariants.seed import changed, seed

RUN = """
INSERT INTO settlementrun (id, reference, legal_entity_id, program, place, month, as_of,
    payment_day, currency, count, net_minor, tax_minor, withheld_minor, payable_minor,
    content_sha256, status)
SELECT 1, 'RUN-2026-000001', c.legal_entity_id, c.program, c.place, s.month, s.as_of, s.due_on,
    s.currency, 1, s.net_minor, s.tax_minor, s.withheld_minor, s.payable_minor,
    s.content_sha256, 'sealed'
FROM settlement s JOIN contract c ON c.id = s.contract_id ORDER BY s.id LIMIT 1
"""
BLOCK = """
INSERT INTO rowblock (id, of_table, first_id, count, born, content_sha256)
SELECT 1, 'settlement', min(id), 1, 'calculated', 'what they said' FROM settlement
"""
MINE = "UPDATE settlementrun SET settlement_block_id = 1"
OF_RUN = changed("settlement", "settlement_run_id = 1")

SEEDS = (
    seed("M150", "a run has no settlements", RUN, kin="S131 S02"),
    seed(
        "M150",
        "a run says more than its settlements",
        *(RUN, BLOCK, MINE, "UPDATE settlementrun SET net_minor = net_minor + 1"),
        kin="S130 S131 S02",
    ),
    seed("M151", "a settlement lies elsewhere than its run", RUN, OF_RUN, kin="M150 S131 S02"),
    seed(
        "M151",
        "a settlement stands where its run does not",
        *(RUN, BLOCK, MINE, OF_RUN, "UPDATE settlementrun SET status = 'approved'"),
        kin="S130 S131 S02",
    ),
    seed("S130", "rows say something else than their block", BLOCK),
    seed("S131", "nobody approved a run", RUN, BLOCK, MINE, kin="S130 S02"),
)
