"""Ways to break what must be true of placements: each enters rows that no stage would."""

import json

from tests.invariants import seed as seeds

WORK = "(SELECT id FROM workitem WHERE term = 'placement_fee' ORDER BY id LIMIT 1)"
SHEET = f"(SELECT service_sheet_id FROM workitem WHERE id = {WORK})"  # noqa: S608 - of these tests.
ACCEPTED_BY = (
    "(SELECT answered_by FROM decision WHERE kind = 'acceptance' AND subject_table = "  # noqa: S608 - as above.
    f"'servicesheet' AND subject_id = {SHEET} AND answer = 'approve' LIMIT 1)"
)
GONE = {
    "status": "'settled'",
    "left_on": "'2026-10-20'",
    "noticed_on": "'2026-10-21'",
    "left_because": "'resigned'",
    "left_reported_by": "'yu.hr'",
    "evidence_sha256": "'d'",
    "claims": "'refund'",
}


def of_work(column: str) -> str:
    return f"(SELECT {column} FROM workitem WHERE id = {WORK})"  # noqa: S608 - as above.


def entered(table: str, columns: dict[str, str]) -> str:
    names, values = ", ".join(columns), ", ".join(columns.values())
    return f"INSERT INTO {table} ({names}) VALUES ({values})"  # noqa: S608 - as above.


def placed(**changed: str) -> str:
    """Return SQL that enters somebody who started, whose fee is that of a sheet of the story."""
    usual = {
        "id": "1",
        "reference": "'PLC-2026-000001'",
        "contract_id": of_work("contract_id"),
        "worker_name": "'王小明'",
        "title": "''",
        "fee_term": "'placement_fee'",
        "currency": "'CNY'",
        "base_salary_minor": of_work("basis_minor"),
        "starts_on": of_work("performed_on"),
        "placed_by": "'mei.hr'",
        "started_on": of_work("performed_on"),
        "start_reported_by": "'mei.hr'",
        "work_item_id": WORK,
        "guarantee_until": "'2027-01-31'",
        "left_because": "''",
        "left_reported_by": "''",
        "evidence_sha256": "''",
        "claims": "''",
        "status": "'in_guarantee'",
    }
    return entered("placement", usual | changed)


def memo(net: int, share: str = "1/2", fee: str = "1000.00 CNY") -> str:
    """Return SQL that enters a memo giving back so much of a fee."""
    usual = {
        "id": "9",
        "reference": "'CRM-2026-000009'",
        "contract_id": of_work("contract_id"),
        "kind": "'guarantee'",
        "month": "'2026-11'",
        "source_table": "'placement'",
        "source_id": "1",
        "source_reference": "'PLC-2026-000001'",
        "sentence": "''",
        "basis": f"'{json.dumps({'fee': fee, 'share': share})}'",
        "currency": "'CNY'",
        "net_minor": str(net),
        "tax_category": "'O'",
        "tax_rate_e4": "0",
        "tax_minor": "0",
        "applied_minor": "0",
        "raised_by": "'yu.hr'",
        "raised_on": "'2026-11-01'",
        "status": "'draft'",
    }
    return entered("creditmemo", usual)


def seed(code: str, what: str, *statements: str, kin: str = "") -> seeds.Seed:
    """Return a seed; the history has no word of the rows it enters (S02)."""
    return seeds.seed(code, what, *statements, kin=f"S02 {kin}")


SECOND = {"id": "2", "reference": "'PLC-2026-000002'"}
FREE = {"work_item_id": "NULL", "replaces_id": "1", "started_on": "'2026-11-01'"}
REPLACED = GONE | {
    "status": "'replaced'",
    "claims": "'replacement'",
    "replacement_due_on": "'2026-11-19'",
}
SEEDS = (
    seed("M40", "more was given back than the share", placed(**GONE), memo(50_001)),
    seed("M40", "less was given back than the share", placed(**GONE), memo(49_999)),
    seed(
        "M40",
        "a fee was given back that was never charged",
        placed(**GONE),
        memo(80_000_000, "1", fee="800000.00 CNY"),
    ),
    seed("M41", "a fee was counted on other pay", placed(base_salary_minor="1")),
    seed("M41", "a fee stands under two hires", placed(), placed(**SECOND)),
    seed(
        "M42",
        "a replacement started too late",
        placed(**REPLACED),
        placed(**SECOND, **FREE | {"started_on": "'2026-11-20'"}),
    ),
    seed(
        "M42",
        "a replacement has a fee of its own",
        placed(**REPLACED),
        placed(**SECOND, **FREE | {"work_item_id": WORK, "started_on": of_work("performed_on")}),
        kin="M41",
    ),
    seed("M42", "somebody is replaced by nobody", placed(**REPLACED)),
    seed("M43", "nobody reported a start", placed(start_reported_by="''")),
    seed("M43", "somebody left without evidence", placed(**GONE | {"evidence_sha256": "''"})),
    seed(
        "M43",
        "somebody left who never started",
        placed(**GONE | {"started_on": "NULL", "work_item_id": "NULL"}),
    ),
    seed("M44", "who reported a start accepted its fee", placed(start_reported_by=ACCEPTED_BY)),
    seed("M45", "the fee of somebody who stays was given back", placed(), memo(50_000)),
    seed(
        "M45",
        "a fee was given back of somebody who was replaced",
        placed(**REPLACED | {"status": "'settled'"}),
        placed(**SECOND, **FREE),
        memo(50_000),
    ),
    seed(
        "M46",
        "somebody left after the guarantee",
        placed(**GONE | {"guarantee_until": "'2026-10-19'"}),
    ),
)
