"""Numbers with gaps, work billed twice, invoices nobody agreed to."""

from tests.invariants.seed import seed
from tests.invariants.seeds_of_credits import MEMO

EMPTY = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
"""SHA-256 of what says nothing, `{}`."""
AGREEMENT = """
INSERT INTO selfbillingagreement (id, reference, contract_id, writes, series, grouping, schedule,
    tax_treatment, format, objection_days, silence_agrees, starts_on, ends_on, proposed_by,
    proposed_on, agreed_by, agreed_on, status)
SELECT 1, 'SBA-2026-000001', id, 'invoice', 'SB-X', 'contract', 'month', 'standard', 'ubl', 7, 0,
    '2026-10-01', '2027-10-01', 'lin.buyer', '2026-10-01', 'he.yunshu', '2026-10-01', '{status}'
FROM contract LIMIT 1
"""
INVOICE = """
INSERT INTO selfbilledinvoice (id, reference, agreement_id, contract_id, credit_memo_id, type_code,
    month, bucket, unit, content, content_sha256, document_sha256, currency, net_minor, tax_minor,
    drafted_on, round, shown_on, number, issued_on, due_on, bank_account_id, file_sha256,
    invoice_id, status)
SELECT 2, 'SBI-2026-000001', 1, id, {memo}, '{type}', '2026-10', '2026-10', '', '{{}}', '{sha}',
    '', currency, {net}, 0, '2026-11-01', 1, '2026-11-01', {number}, NULL, NULL, NULL, NULL,
    {claim}, '{status}'
FROM contract LIMIT 1
"""
LINE = """
INSERT INTO selfbilledline (id, self_billed_invoice_id, line, work_item_id, attempt, quantity_e4,
    net_minor)
SELECT {id}, 2, {id}, w.id, {id}, w.accepted_e4 + {more}, 50 FROM workitem w
WHERE w.accepted_e4 > 0 AND w.contract_id = (SELECT id FROM contract LIMIT 1) ORDER BY w.id LIMIT 1
"""


def invoice(**told: object) -> str:
    """Return SQL that enters a pro forma of nothing, some of its columns changed."""
    usual = {"memo": "NULL", "type": "389", "sha": EMPTY, "net": 0, "number": "NULL"}
    return INVOICE.format(**(usual | {"claim": "NULL", "status": "pro_forma"} | told))


PROPOSED, AGREED = (AGREEMENT.format(status=status) for status in ("proposed", "agreed"))

SEEDS = (
    seed(
        "B01",
        "a number of a series was taken and nothing was issued under it",
        PROPOSED,
        "INSERT INTO series (id, prefix, year, last) VALUES (1, 'SB-X', 2026, 1)",
        kin="S02",
    ),
    seed(
        "B01",
        "something was issued under a number that the series never gave",
        PROPOSED,
        invoice(number="'SB-X-2026-000007'", status="withdrawn"),
        kin="S02 B03",
    ),
    seed("B02", "an invoice is more than its lines", PROPOSED, invoice(net=100), kin="S02"),
    seed(
        "B02",
        "one piece of work is billed by two lines",
        PROPOSED,
        invoice(net=100),
        LINE.format(id=1, more=0),
        LINE.format(id=2, more=0),
        kin="S02",
    ),
    seed(
        "B02",
        "more is billed than was accepted",
        PROPOSED,
        invoice(net=50),
        LINE.format(id=1, more=1),
        kin="S02",
    ),
    seed(
        "B03",
        "a pro forma that was never issued has a claim",
        PROPOSED,
        invoice(claim="(SELECT min(id) FROM invoice)"),
        kin="S02",
    ),
    seed(
        "B04",
        "a credit note takes back another amount than its memo",
        PROPOSED,
        MEMO.format(applied=0, status="draft"),
        invoice(memo=1, type="261", net=99),
        kin="S02",
    ),
    seed("B05", "nobody of the supplier agreed to self-billing", AGREED, kin="S02"),
    seed(
        "B05",
        "an invoice was aligned that the supplier never answered",
        PROPOSED,
        invoice(status="aligned"),
        kin="S02",
    ),
    seed(
        "B06",
        "what an invoice says was changed after it was shown",
        PROPOSED,
        invoice(sha="d" * 64),
        kin="S02",
    ),
)
