"""Ways to break what must be true of freelance tasks, by rows that the story does not have."""

from tests.invariants.seed import seed

TASK = (
    "INSERT INTO task (id, reference, slots, requested_by, requested_on, starts_on, deadline,"
    " posted_on, status) VALUES (1, 'TSK-X', 1, 'lin.buyer', '2026-11-04', '2026-11-04',"
    " '2026-11-20', '2026-11-04', 'settled')"
)
ORDER = (
    "INSERT INTO taskassignment (id, reference, task_id, supplier_id, assigned_on, signed_on,"
    " status) SELECT 2, 'TO-X', 1, id, '2026-11-04', '2026-11-04', 'declined' FROM supplier"
    " WHERE kind = 'freelancer' LIMIT 1"
)
DELIVERY = (
    "INSERT INTO taskdelivery (id, reference, task_assignment_id, quantity_e4, accepted_e4,"
    " done_on, delivered_on, delivered_by, status) VALUES (3, 'DLV-X', 2, 10000, 0,"
    " '2026-11-04', '2026-11-04', 'he.hengxin', 'delivered')"
)
PROOF = (
    "INSERT INTO taskevidence (id, task_delivery_id, sha256)"
    " SELECT 4, 3, min(sha256) FROM storeddocument"
)
EMPLOYEE = (
    "INSERT INTO employee (id, identifier_scheme, identifier_index, since, known_on)"
    " SELECT 5, p.identifier_scheme, p.identifier_index, '2026-01-01', '2026-01-01' FROM party p"
    " JOIN supplier s ON s.party_id = p.id WHERE s.kind = 'freelancer' LIMIT 1"
)
UNTOLD = "S02"
"""The history tells of none of these rows."""

SEEDS = (
    seed(
        "S53",
        "a slot too many is taken",
        TASK,
        "UPDATE task SET slots = 0, status = 'posted'",
        kin=UNTOLD,
    ),
    seed(
        "S54",
        "a task was posted before it was asked for",
        TASK,
        "UPDATE task SET posted_on = '2026-11-03'",
        kin=UNTOLD,
    ),
    seed(
        "S55",
        "somebody works without a signed order",
        TASK,
        ORDER,
        "UPDATE taskassignment SET status = 'assigned'",
        kin=UNTOLD,
    ),
    seed("S56", "nothing proves a delivery", TASK, ORDER, DELIVERY, kin=UNTOLD),
    seed(
        "S57",
        "something was accepted of no sheet",
        *(TASK, ORDER, DELIVERY, PROOF),
        "UPDATE taskdelivery SET accepted_e4 = 5000",
        kin=UNTOLD,
    ),
    seed(
        "S58",
        "a sheet was submitted by somebody else than the deliverer",
        *(TASK, ORDER, DELIVERY, PROOF),
        "UPDATE taskdelivery SET status = 'on_sheet', delivered_by = 'nobody', service_sheet_id ="
        " (SELECT max(id) FROM servicesheet)",
        kin=f"{UNTOLD} S57",
    ),
    seed("S59", "a task was given to our employee", TASK, ORDER, EMPLOYEE, kin=UNTOLD),
)
