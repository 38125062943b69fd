"""Ways to break what must be true of steps, owners, delegations and corrections."""

from tests.invariants.seed import copied, seed

FIRST_OF_TWO = "kind = 'contract' AND step = 1 AND steps = 2"
DELEGATION = (
    "INSERT INTO delegation (id, reference, delegator, delegate, role, currency, valid_from, "
    "valid_to, reason, entered_by) VALUES (1, 'DLG-2026-000001', 'chen.approver', "
)
IN_HIS_PLACE = "UPDATE decision SET on_behalf_of = 'chen.approver' WHERE kind = 'settlement'"

STEPS = (
    seed("S30", "a step was left out", f"DELETE FROM decision WHERE {FIRST_OF_TWO}"),  # noqa: S608 - of these tests.
    seed(
        "S30",
        "one person took both steps",
        "UPDATE decision SET answered_by = 'wang.approver' WHERE step = 2",
        kin="S06 S07",
    ),
    seed(
        "S30",
        "the matrix asks for another role",
        "UPDATE approvalstep SET role = 'buyer' WHERE role = 'cfo'",
    ),
    seed(
        "S33",
        "a question went past the matrix",
        "UPDATE decision SET rule_id = NULL WHERE kind = 'contract' AND steps = 1",
    ),
    seed(
        "S33",
        "a row of the matrix came too early",
        "UPDATE approvalrule SET kind = 'filing' WHERE from_minor = 0 AND risk = ''",
        kin="S34",
    ),
    seed(
        "S34",
        "an amount was lowered below the row it was asked under",
        "UPDATE decision SET amount_minor = 1 WHERE steps = 2",
        kin="S33",
    ),
)

IN_ANOTHERS_PLACE = (
    seed("S31", "nobody had delegated anything", IN_HIS_PLACE),
    seed(
        "S31",
        "the delegation was over",
        IN_HIS_PLACE,
        f"{DELEGATION} 'wang.approver', 'approver', '', '2026-01-01', '2026-10-01', "
        "'annual leave', 'chen.approver')",
    ),
    seed(
        "S31",
        "the delegation was for less",
        IN_HIS_PLACE,
        f"{DELEGATION} 'wang.approver', 'approver', '', '2026-01-01', '2027-01-01', "
        "'annual leave', 'chen.approver')",
        "UPDATE delegation SET limit_minor = 1, currency = 'CNY'",
    ),
    seed(
        "S31",
        "no second admin had confirmed the delegation",
        IN_HIS_PLACE,
        f"{DELEGATION} 'wang.approver', 'approver', '', '2026-01-01', '2027-01-01', "
        "'annual leave', 'feng.admin')",
    ),
    seed(
        "S07",
        "the superior role answered before it came to it",
        "UPDATE decision SET by_role = 'cfo', answered_by = 'tang.cfo' WHERE kind = 'settlement'",
    ),
    seed(
        "S35",
        "somebody stands in for himself",
        f"{DELEGATION} 'chen.approver', 'approver', '', '2026-01-01', '2027-01-01', 'why not', "
        "'chen.approver')",
    ),
    seed(
        "S35",
        "an outsider stands in",
        f"{DELEGATION} 'qin.rpo', 'approver', '', '2026-01-01', '2027-01-01', 'why not', "
        "'chen.approver')",
    ),
)

CORRECTED = (
    seed(
        "S32",
        "a corrected answer had its effect",
        "UPDATE decision SET status = 'corrected' WHERE kind = 'filing'",
        kin="S02 S30 S110",
    ),
    seed(
        "S32",
        "what was corrected still stands",
        "UPDATE decision SET corrects_id = (SELECT id FROM decision WHERE kind = 'filing') "
        "WHERE kind = 'payment_release'",
    ),
)

WAITING = (
    seed(
        "S13",
        "a question is owned by nobody, and says nothing of it",
        *copied(
            "decision",
            "kind = 'filing'",
            "reference = 'DEC-2026-000999', status = 'requested', owner = '', answer = '', "
            "answered_by = NULL, answered_on = NULL, effective_on = NULL",
        ),
        kin="S02",
    ),
    seed(
        "S13",
        "a refusal is left to nobody",
        "INSERT INTO refusal (id, stage, subject_table, subject_id, subject_reference, reason, "
        "owner_role, refused_on, due_on) VALUES (1, 'payment', 'settlement', 1, 'SET-1', 'no', "
        "'', '2026-11-05', '2026-11-10')",
    ),
)

SEEDS = (*STEPS, *IN_ANOTHERS_PLACE, *CORRECTED, *WAITING)
