"""Ways to break what must be true of requisitions and of the people found for them."""

from tests.invariants.seed import changed, seed

OPENED = "'2026-11-02T09:00:00+00:00'"
APPROVED = "'2026-11-03T09:00:00+00:00'"
SENT = "'2026-11-03T11:00:00+00:00'"
TOO_EARLY = "'2026-11-03T10:59:59+00:00'"
ASKED = "'2026-11-04T09:00:00+00:00'"


def entered(table: str, source: str, **columns: str) -> str:
    """Return SQL that enters a row of such columns; those named like a source's are its own."""
    names, values = ", ".join(columns), ", ".join(columns.values())
    return f"INSERT INTO {table} ({names}) SELECT {values} FROM {source} LIMIT 1"  # noqa: S608 - of these tests.


def submission(number: int, **columns: str) -> str:
    """Return SQL that enters a candidate of the one supplier that was asked."""
    usual = {
        "id": str(number),
        "reference": f"'SUB-2026-00000{number}'",
        "requisition_id": "1",
        "distribution_id": "1",
        "supplier_id": "supplier_id",
        "candidate_name": "'x'",
        "email": "''",
        "identifier_scheme": "'cn_ric'",
        "identifier_masked": "'x'",
        "candidate_key": "'key'",
        "pay_minor": "1",
        "bill_minor": "0",
        "submitted_at": ASKED,
        "represented_on": "'2026-11-01'",
        "consent_sha256": "'x'",
        "submitted_by": "'d'",
        "owned_until": "'2027-02-02'",
        "ended_by": "''",
        "ended_because": "''",
        "status": "'submitted'",
    }
    return entered("submission", "distribution", **(usual | columns))


REQUISITION = entered(
    "requisition",
    "legalentity",
    id="1",
    reference="'REQ-2026-000001'",
    legal_entity_id="id",
    program="'rpo'",
    place="'cn'",
    title="'x'",
    role="'2.3.4'",
    site="''",
    positions="1",
    pay_kind="'salary'",
    pay_unit="'year'",
    currency="'CNY'",
    budget_minor="100",
    units_e4="10000",
    deadline="'2026-11-20'",
    starts_on="'2027-01-04'",
    requested_by="'a'",
    opened_by="'b'",
    opened_at=OPENED,
    approved_by="'c'",
    approved_at=APPROVED,
    ended_by="''",
    ended_because="''",
    status="'distributed'",
)
DISTRIBUTION = entered(
    "distribution",
    "contract",
    id="1",
    reference="'DIS-2026-000001'",
    requisition_id="1",
    contract_id="id",
    supplier_id="supplier_id",
    tier="1",
    offset_hours="2",
    gate="''",
    gate_minimum="0",
    planned_by="'b'",
    planned_at=OPENED,
    released_at=SENT,
    answered_by="''",
    ended_because="''",
    status="'released'",
)
OFFER = entered(
    "offer",
    "distribution",
    id="1",
    reference="'OFR-2026-000001'",
    requisition_id="1",
    submission_id="1",
    supplier_id="supplier_id",
    contract_id="contract_id",
    pay_kind="'salary'",
    pay_unit="'year'",
    currency="'CNY'",
    amount_minor="101",
    pay_minor="0",
    starts_on="'2027-01-04'",
    expires_on="'2026-11-18'",
    drafted_by="'b'",
    drafted_at=ASKED,
    released_at=ASKED,
    approved_by="'c'",
    answered_by="''",
    answer_sha256="''",
    ended_because="''",
    status="'released'",
)
FOUND = (REQUISITION, DISTRIBUTION, submission(1))
DUPLICATE = {"status": "'duplicate'", "duplicate_of_id": "1", "ended_because": "'came later'"}

SEEDS = (
    seed(
        "S43",
        "a requisition is filled by nobody",
        REQUISITION,
        changed("requisition", f"filled_at = {ASKED}"),
        kin="S02",
    ),
    seed("S43", "more was offered than the budget", *FOUND, OFFER, kin="S02"),
    seed(
        "S44",
        "a candidate was accepted who accepted nothing",
        *FOUND,
        changed("submission", "status = 'accepted'"),
        kin="S02",
    ),
    seed(
        "S45",
        "a duplicate names a submission of the same supplier",
        *FOUND,
        submission(2, **DUPLICATE),
        kin="S02",
    ),
    seed(
        "S46",
        "a supplier was asked before its hours had passed",
        REQUISITION,
        DISTRIBUTION,
        changed("distribution", f"released_at = {TOO_EARLY}"),
        kin="S02",
    ),
    seed(
        "S46",
        "a candidate came before his supplier was asked",
        *FOUND,
        changed("submission", f"submitted_at = {TOO_EARLY}"),
        kin="S02",
    ),
)
