"""Ways to break what must be true of budgets, costs and scores."""

from tests.invariants.seed import changed, seed

ORDER = """
INSERT INTO workorder (id, reference, form, contract_id, title, role, site, mode, starts_on,
    ends_on, currency, budget_minor, accepted_minor, revision, requested_by, ordered_on,
    closed_because, status)
SELECT 1, 'WO-2026-000001', 'work_order', id, 'x', '', '', '', starts_on, ends_on, currency,
    100, {accepted}, 0, 'lin.buyer', starts_on, '', 'draft' FROM contract LIMIT 1
"""
SPLIT = """
INSERT INTO costsplit (id, subject_table, subject_id, cost_centre_id, share_e6, valid_from,
    entered_by, because)
SELECT 1, 'contract', {of}, 1, {share}, '2026-10-01', 'lin.buyer', 'x' FROM contract LIMIT 1
"""
CENTRE = """
INSERT INTO costcentre (id, code, name, legal_entity_id, opened_on, opened_by)
SELECT 1, 'A', 'A', id, '2026-10-01', 'lin.buyer' FROM legalentity LIMIT 1
"""
RUN = """
INSERT INTO scorecardrun (id, reference, code, formula_from, formula_sha256, supplier_id,
    period_start, period_end, version, inputs, inputs_sha256, score_e4, band, computed_by,
    computed_on, published_by, contested_by, contested_because, status)
SELECT 1, 'SCR-2026-000001', 'suppliers', '2026-01-01', '', id, '2026-10-01', '2027-01-01', 1,
    '{{}}', '{sha}', {score}, '', 'system:scorecards', '2027-01-01', '', '{by}', '', '{status}'
FROM supplier LIMIT 1
"""
EMPTY = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
LINE = """
INSERT INTO scoreline (id, scorecard_run_id, metric, weight_e6, points_e4)
VALUES (1, 1, 'fill_rate', {weight}, 500000)
"""
GOOD = {"sha": EMPTY, "score": 500_000, "by": "", "status": "computed"}

UNDER_AN_ORDER = "M70 S02"

SEEDS = (
    seed(
        "M70",
        "an order says that more was accepted than was",
        ORDER.format(accepted=50),
        kin="S02",
    ),
    seed(
        "M71",
        "work was accepted under an order that was never placed",
        ORDER.format(accepted=0),
        "INSERT INTO orderline (id, work_order_id) VALUES (1, 1)",
        changed("workitem", "order_line_id = 1", "accepted_e4 > 0"),
        kin=UNDER_AN_ORDER,
    ),
    seed("M72", "shares are not the whole", SPLIT.format(of="id", share=999_999)),
    seed("M72", "nobody's contract is shared", SPLIT.format(of="1", share=10**6)),
    seed(
        "M73",
        "what was settled is shared in parts that are not the whole",
        CENTRE,
        SPLIT.format(of="id", share=999_999),
        kin="M71 M72",
    ),
    seed(
        "M74",
        "the weights of a score are not the whole",
        RUN.format(**GOOD),
        LINE.format(weight=999_999),
        kin="S02",
    ),
    seed(
        "M74",
        "a score does not follow from its lines",
        RUN.format(**GOOD | {"score": 500_001}),
        LINE.format(weight=10**6),
        kin="S02",
    ),
    seed(
        "M75",
        "a score's figures are not those it was computed from",
        RUN.format(**GOOD | {"sha": "0" * 64}),
        LINE.format(weight=10**6),
        kin="S02",
    ),
    seed(
        "M76",
        "a score is final that nobody published",
        RUN.format(**GOOD | {"status": "final"}),
        LINE.format(weight=10**6),
        kin="S02",
    ),
    seed(
        "M76",
        "somebody else contested a score",
        RUN.format(**GOOD | {"by": "lin.buyer"}),
        LINE.format(weight=10**6),
        kin="S02",
    ),
)
