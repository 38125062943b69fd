"""Ways to break what must be true of money out."""

from tests.invariants.seed import changed, copied, seed

SEEDS = (
    seed(
        "M09",
        "more is settled of a line than was matched",
        changed("settlementline", "net_minor = net_minor + 1"),
        kin="M10 F7",
    ),
    seed(
        "M09",
        "a line is settled twice",
        *copied("settlementline", "net_minor > 0", "attempt = 2"),
        kin="M10 F7",
    ),
    seed(
        "M10",
        "less is payable than was settled",
        "UPDATE settlement SET payable_minor = payable_minor - 1 "
        "WHERE reference = 'SET-2026-000001'",
        kin="F7",
    ),
    seed(
        "M10",
        "a payment is not what is payable",
        "UPDATE payment SET amount_minor = amount_minor + 1 WHERE reference = 'PAY-2026-000001'",
        kin="M18 M24 F2",
    ),
    seed(
        "M11",
        "paid, but still waiting for money",
        "UPDATE invoice SET status = 'accepted' WHERE status = 'paid'",
        kin="S02",
    ),
    seed(
        "M11",
        "paid, but no payment was sent",
        "UPDATE payment SET status = 'approved' WHERE reference = 'PAY-2026-000001'",
        kin="S02",
    ),
    seed(
        "M12",
        "more is committed than the cap allows",
        changed("contract", "cap_minor = committed_minor - 1"),
        kin="S50",
    ),
    seed(
        "M14",
        "another content was approved than is paid",
        "UPDATE payment SET settlement_sha256 = content.hash FROM "
        "(SELECT max(settlement_sha256) AS hash FROM payment "
        "WHERE reference <> 'PAY-2026-000001') content "
        "WHERE reference = 'PAY-2026-000001'",
    ),
    seed(
        "M14",
        "nobody approved the settlement",
        "DELETE FROM decision WHERE kind = 'settlement' AND subject_reference = 'SET-2026-000001'",
    ),
    seed(
        "M14",
        "nobody released the batch",
        "DELETE FROM decision WHERE kind = 'payment_release'",
    ),
    seed(
        "M15",
        "money goes to another supplier's account",
        "UPDATE payment SET bank_account_id = (SELECT id FROM bankaccount "
        "WHERE reference = 'ACC-2026-000005') WHERE reference = 'PAY-2026-000001'",
        kin="F2",
    ),
    seed(
        "M16",
        "an account was not active yet when it was paid",
        "UPDATE bankaccount SET active_from = '2099-01-01' WHERE reference = 'ACC-2026-000002'",
    ),
    seed("M18", "a payment is not counted", "UPDATE paymentbatch SET count = count - 1"),
    seed(
        "M18",
        "the control sum is another",
        "UPDATE paymentbatch SET control_sum_minor = control_sum_minor + 1",
    ),
    seed(
        "M18",
        "the file was not kept",
        "DELETE FROM storeddocument WHERE title LIKE 'payment file %'",
    ),
    seed(
        "M19",
        "an end-to-end id is used again",
        "UPDATE payment SET end_to_end_id = 'PAY-2026-000001' WHERE reference = 'PAY-2026-000002'",
        kin="F2",
    ),
    seed(
        "M23",
        "more is taxed than was earned",
        "UPDATE withholding SET base_minor = income_minor + 1",
        kin="F2 F7",
    ),
)
