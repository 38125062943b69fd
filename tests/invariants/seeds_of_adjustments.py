"""Agreed terms whose lines are not what accepted work makes due."""

from tests.invariants.seed import seed

FACTS = (
    '{{"borne_by":"supplier","kind":"program_fee","manner":"marginal","measure":"amount",'
    '"months":1,"steps":[{{"from_value":0,"share_e6":10000}}]}}'
)
TERM = f"""
INSERT INTO agreedterm (id, reference, contract_id, kind, categories, valid_from, facts, cite,
    source_sha256, proposed_by, proposed_on, closed_through, counted_sheets, status)
SELECT {{key}}, 'AGT-2026-00000{{key}}', id, 'program_fee', '{{of}}', starts_on, '{FACTS}',
    'Annex 3', template, 'lin.buyer', starts_on, '{{through}}', (
    SELECT count(*) FROM servicesheet s WHERE s.contract_id = c.id
    AND s.status IN ('accepted', 'partly_accepted')), 'agreed'
FROM contract c WHERE id = (SELECT min(contract_id) FROM workitem WHERE accepted_e4 > 0)
"""  # noqa: S608 - of these tests.
MEMO = """
INSERT INTO creditmemo (id, reference, contract_id, kind, borne_by, month, source_table,
    source_id, source_reference, sentence, basis, currency, net_minor, tax_category, tax_rate_e4,
    tax_minor, applied_minor, raised_by, raised_on, status)
SELECT 1, 'CRM-2026-000001', id, 'program_fee', '{borne_by}', '2026-10', '{table}', 7, 'ADJ',
    '3 %', '{{}}', currency, 100, 'O', 0, 0, 0, 'lin.buyer', '2026-10-31', '{status}'
FROM contract LIMIT 1
"""

SEEDS = (
    seed(
        "M80",
        "a month was closed, and what its accepted work makes due was not entered",
        TERM.format(key=1, of="", through="2099-12"),
        kin="S02",
    ),
    seed(
        "M81",
        "a memo says that it follows from a line that there is not",
        MEMO.format(borne_by="supplier", table="adjustmentline", status="draft"),
        kin="S02",
    ),
    seed(
        "M82",
        "a fee that the client funds was issued and not booked",
        MEMO.format(borne_by="client", table="contract", status="issued"),
        kin="S02",
    ),
    seed(
        "M84",
        "a discount is given back that nobody had deducted",
        MEMO.format(borne_by="returned", table="creditmemo", status="draft").replace(
            "'program_fee'", "'prompt_payment_returned'"
        ),
        kin="S02",
    ),
    seed(
        "M83",
        "two fees hold for the same work, one of them for a part of it",
        TERM.format(key=1, of="", through=""),
        TERM.format(key=2, of="regular_hours", through=""),
        kin="S02",
    ),
)
