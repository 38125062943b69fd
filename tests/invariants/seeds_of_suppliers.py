"""Ways to break what must be true of suppliers' standing and of their documents."""

from tests.invariants.seed import changed, seed

CHANGE = (
    "INSERT INTO supplierchange (id, reference, supplier_id, after, reason, proposed_by, "
    "proposed_on, status) SELECT 1, 'CHG-2026-000001', id, 'preferred', 'why not', 'lin.buyer', "
    "'2026-11-02', 'effected' FROM supplier LIMIT 1"
)
RENEWAL = (
    "INSERT INTO renewal (id, reference, supplier_id, document_id, kind, role, blocks, opened_on, "
    "due_on, status) SELECT 1, 'REN-2026-000001', supplier_id, id, kind, 'buyer', 'award', "
    "'2026-11-02', valid_to, 'open' FROM compliancedocument WHERE valid_to IS NOT NULL LIMIT 1"
)

SEEDS = (
    seed("S40", "a supplier was preferred by one person alone", CHANGE, kin="S02"),
    seed(
        "S41",
        "a document gave way to nothing",
        changed("compliancedocument", "status = 'superseded'"),
        kin="S02",
    ),
    seed("S42", "nobody owns a renewal", RENEWAL, changed("renewal", "role = ''"), kin="S02"),
    seed(
        "S42",
        "a renewal is due after its document ended",
        RENEWAL,
        changed("renewal", "due_on = '2099-01-01'"),
        kin="S02",
    ),
)
