"""Ways to break what must be true of time, rates and expenses; the story has none of them."""

from tests.invariants.seed import seed
from vendorops.stages.timesheets.entering import entries_sha256

EMPTY = entries_sha256([])


def sheet(ident: int, *, kind: str = "original", corrects: str = "NULL", **told: str) -> str:
    """Return SQL that enters a timesheet without any time, unless its hash is given."""
    gathered, status = told.get("gathered", "NULL"), told.get("status", "submitted")
    return (
        "INSERT INTO timesheet (id, reference, work_order_id, kind, version, root_id, corrects_id,"  # noqa: S608 - of these tests.
        " period, starts_on, ends_on, month, entries_sha256, source_sha256, reason, submitted_by,"
        " submitted_on, gathered_on, status) VALUES"
        f" ({ident}, 'TS-{ident}', 1, '{kind}', 0, {corrects}, {corrects}, 'week', '2026-10-12',"
        f" '2026-10-19', '2026-10', '{told.get('sha', EMPTY)}', '', '', 'x', '2026-10-31',"
        f" {gathered}, '{status}')"
    )


def entry(ident: int, of: int, quantity: int, order: int = 1) -> str:
    return (
        "INSERT INTO timeentry (id, timesheet_id, work_order_id, on_day, kind, quantity_e4)"  # noqa: S608 - as above.
        f" VALUES ({ident}, {of}, {order}, '2026-10-12', 'regular_hours', {quantity})"
    )


WORKER = (
    "INSERT INTO worker (id, reference, supplier_id, name, place, identifier_scheme,"
    " identifier_masked, identifier_index, email, status)"
    " VALUES (1, 'WKR-1', 1, 'W', 'cn', 'cn_ric', '', 'i', '', 'active')"
)
ORDER = (
    "INSERT INTO workorder (id, reference, form, contract_id, worker_id, title, role, site, mode,"
    " starts_on, ends_on, currency, budget_minor, revision, requested_by, ordered_on,"
    " closed_because, status) VALUES (1, 'WO-1', 'work_order', 1, 1, 'T', '', '', '',"
    " '2026-10-01', '2026-12-01', 'CNY', 1, 0, 'x', '2026-10-01', '', 'active')"
)
SHARE = (
    "INSERT INTO timeshare (id, timesheet_id, work_item_id, quantity_e4)"
    " SELECT 1, 1, id, quantity_e4 + {more} FROM workitem ORDER BY id LIMIT 1"
)
CARD = (
    "INSERT INTO ratecard (id, reference, supplier_id, currency, valid_from, source_sha256,"
    " proposed_by, proposed_on, status)"
    " VALUES (1, 'RTC-1', 1, 'CNY', '2026-10-01', '', 'x', '2026-10-01', 'draft')"
)
RATE = (
    "INSERT INTO rateline (id, rate_card_id, role, site, category, unit, bill_e6, pay_e6,"
    " markup_e6, cap_e6, valid_from)"
    " VALUES (1, 1, '', '', 'regular', 'hour', 41720000, 35200000, 185000, 0, '2026-10-01')"
)
EXPENSES = (
    "INSERT INTO expensesheet (id, reference, work_order_id, month, currency, total_minor,"
    " source_sha256, submitted_by, submitted_on, status)"
    " VALUES ({ident}, 'EXP-{ident}', 1, '2026-10', 'CNY', 100, '', 'x', '2026-10-31',"
    " 'submitted')"
)
LINE = (
    "INSERT INTO expenseline (id, expense_sheet_id, number, code, term, description, spent_on,"
    " cost_centre, amount_minor, receipt_sha256)"
    " VALUES ({ident}, {ident}, 1, 'travel', 'expense', 'd', '2026-10-12', '1', 100, 'r')"
)

SEEDS = (
    seed("M60", "an hour was added", sheet(1), entry(1, 1, 10_000), kin="S02"),
    seed("M60", "an hour is of no sheet", entry(1, 1, 10_000)),
    seed(
        "M61",
        "25 hours of one person on a day",
        WORKER,
        ORDER,
        sheet(1),
        entry(1, 1, 250_000),
        kin="M60 S02 S70",
    ),
    seed(
        "M62",
        "more of a sheet stands behind work than was reported",
        sheet(1, status="rejected"),
        SHARE.format(more=1),
        kin="S02",
    ),
    seed(
        "M63",
        "gathered time is reported nowhere",
        sheet(1, gathered="'2026-11-04'"),
        entry(1, 1, 10_000),
        kin="M60 S02",
    ),
    seed(
        "M64",
        "a reversal takes back too much",
        sheet(1, status="corrected"),
        sheet(2, kind="reversal", corrects="1"),
        entry(1, 1, 10_000),
        entry(2, 2, -20_000),
        kin="M60 S02",
    ),
    seed("M64", "a sheet is corrected by nothing", sheet(1, status="corrected"), kin="S02"),
    seed("M65", "a bill rate is not pay and mark-up", CARD, RATE, kin="S02"),
    seed("M66", "a total is of no lines", EXPENSES.format(ident=1), kin="S02"),
    seed(
        "M66",
        "a receipt was paid back twice",
        *(EXPENSES.format(ident=ident) for ident in (1, 2)),
        *(LINE.format(ident=ident) for ident in (1, 2)),
        kin="S02",
    ),
)
