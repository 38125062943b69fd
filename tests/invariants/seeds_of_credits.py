"""Credit memos that took too much or too little."""

from tests.invariants.seed import seed

MEMO = """
INSERT INTO creditmemo (id, reference, contract_id, kind, borne_by, month, source_table, source_id,
    source_reference, sentence, basis, currency, net_minor, tax_category, tax_rate_e4, tax_minor,
    applied_minor, raised_by, raised_on, status)
SELECT 1, 'CRM-2026-000001', id, 'guarantee', 'supplier', '2026-10', 'contract', id, reference,
    'left early', '{{}}', currency, 100, 'S', 600, 6, {applied}, 'lin.buyer',
    '2026-10-31', '{status}'
FROM contract LIMIT 1
"""

SEEDS = (
    seed(
        "M30",
        "a memo says that more was taken off than settlements took",
        MEMO.format(applied=50, status="applied"),
        kin="S02",
    ),
    seed(
        "M31",
        "a memo is exhausted although nothing was taken off",
        MEMO.format(applied=0, status="exhausted"),
        kin="S02",
    ),
)
