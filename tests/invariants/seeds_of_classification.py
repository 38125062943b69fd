"""Ways to break what must be true of classifications and of leased workers."""

from tests.invariants.seed import seed
from vendorops import questionnaires
from vendorops.books import canonical, content_sha256

(ASKED,) = questionnaires.versions("us_abc").versions.values()
ANSWERS = {ident: {"is": "yes"} for ident in ASKED.questions}
RIGHT = {
    "id": "1",
    "reference": "'CLS-2026-000001'",
    "subject_table": "'contract'",
    "subject_id": "1",
    "subject_reference": "'CON-2026-000001'",
    "party_id": "1",
    "questionnaire": "'us_abc'",
    "version": f"'{ASKED.version}'",
    "method": "'standard'",
    "rules_sha256": f"'{ASKED.sha256}'",
    "asked_for_day": "'2026-11-01'",
    "answers": f"'{canonical(ANSWERS).decode()}'",
    "answers_sha256": f"'{content_sha256(ANSWERS)}'",
    "result": "'contractor'",
    "score": "0",
    "held": "0",
    "reasons": "'[]'",
    "stated_by": "'lin.buyer'",
    "stated_on": "'2026-11-01'",
    "outcome": "'by_rule'",
    "status": "'decided'",
}


def entered(**changed: str) -> str:
    """Return SQL that enters a decision that is in order but for what is changed."""
    columns = RIGHT | changed
    names, values = ", ".join(columns), ", ".join(columns.values())
    return f"INSERT INTO classificationdecision ({names}) VALUES ({values})"  # noqa: S608 - of these tests.


UNTOLD = "S02 S17"
"""The history did not tell of a row that came from nowhere."""
WORKER = """
INSERT INTO worker (id, reference, supplier_id, name, place, identifier_scheme, identifier_masked,
    identifier_index, email, status)
SELECT 1, 'WKR-2026-000999', supplier_id, 'x', 'de', 'de_idnr', 'x', 'x', '', 'active'
FROM contract WHERE program = 'staffing'
"""
ORDER = """
INSERT INTO workorder (id, reference, form, contract_id, worker_id, title, role, site, mode,
    starts_on, ends_on, currency, budget_minor, revision, requested_by, ordered_on,
    closed_because, status)
SELECT 1, 'WO-2026-000999', 'work_order', id, 1, 'x', '', '', '', '2026-10-01', '2028-04-02',
    'CNY', 1, 0, 'lin.buyer', '2026-10-01', '', 'active'
FROM contract WHERE program = 'staffing'
"""
LEASED = ("UPDATE contract SET place = 'de' WHERE program = 'staffing'", WORKER, ORDER)

SEEDS = (
    seed("S60", "a hold was said to be decided by rule", entered(held="1"), kin=UNTOLD),
    seed("S60", "nobody cleared the hold", entered(held="1", outcome="'cleared'"), kin=UNTOLD),
    seed("S60", "it was decided without an outcome", entered(outcome="''"), kin=UNTOLD),
    seed(
        "S61",
        "two decisions stand about one contract",
        entered(),
        entered(id="2", reference="'CLS-2026-000002'"),
        kin=UNTOLD,
    ),
    seed("S62", "the result is another", entered(result="'employee'"), kin=UNTOLD),
    seed("S62", "the answers were changed", entered(answers_sha256="'x'"), kin=UNTOLD),
    seed("S62", "the rules are not those of the file", entered(rules_sha256="'x'"), kin=UNTOLD),
    seed(
        "S63",
        "a worker was leased for a day more than eighteen months",
        *LEASED,
        kin=f"{UNTOLD} S70",
    ),
)
