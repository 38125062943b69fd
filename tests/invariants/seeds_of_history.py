"""Ways to break what must be true of people, of the history and of what is recomputed."""

from tests.invariants.seed import changed, copied, removed, seed

QUALIFIED = "action = 'moved' AND subject_table = 'supplier' AND after = 'qualified'"

HISTORY = (
    seed(
        "S01",
        "nobody said why",
        changed("event", "reason = ' '", QUALIFIED),
        kin="S04",
    ),
    seed("S02", "a state came from nowhere", "UPDATE supplier SET status = 'preferred'"),
    seed(
        "S03",
        "a supplier became qualified without being registered",
        changed("event", "before = 'requested'", QUALIFIED),
        kin="S04",
    ),
    seed(
        "S04",
        "an event was taken out",
        "DELETE FROM event WHERE id = (SELECT min(id) FROM event WHERE action = 'revealed')",
    ),
    seed(
        "S04",
        "the end was cut off",
        "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)",
        kin="S02",
    ),
    seed("S04", "the kept end is another", "UPDATE loghead SET seq = seq + 1"),
    seed(
        "S12",
        "time ran backwards",
        "UPDATE event SET at = '2020-01-01T00:00:00.000000+00:00' WHERE seq = 9",
        kin="S04",
    ),
    seed(
        "S12",
        "something happened in the future",
        "UPDATE event SET at = '2999-01-01T00:00:00.000000+00:00' "
        "WHERE seq = (SELECT max(seq) FROM event)",
        kin="S04",
    ),
    seed("S10", "what was released was never promised", "DELETE FROM effect", kin="S22"),
    seed(
        "S10",
        "promised twice",
        *copied("effect", "name LIKE 'BAT%'", "dedupe_key = 'other'"),
        kin="S02",
    ),
)

PEOPLE = (
    seed(
        "S06",
        "who took part answered",
        "UPDATE decision SET not_by = 'somebody ' || answered_by || ' else' WHERE kind = 'filing'",
    ),
    seed(
        "S06",
        "who asked answered",
        "UPDATE decision SET asked_by = answered_by WHERE kind = 'contract'",
    ),
    seed(
        "S06",
        "one person approved and released",
        "UPDATE paymentbatch SET released_by = approved_by",
    ),
    seed(
        "S07",
        "the limit was too low",
        "UPDATE rolegrant SET limit_minor = 1 WHERE handle = 'wang.approver'",
    ),
    seed(
        "S07",
        "the role was not held any more",
        "UPDATE rolegrant SET valid_to = '2026-09-01' WHERE role = 'tax'",
    ),
    seed("S07", "by which right was not written down", "UPDATE decision SET authority = ''"),
    seed(
        "S08",
        "two people stand behind an account",
        changed("bankaccount", "verified_by = proposed_by"),
    ),
    seed("S08", "nobody called back", removed("callback")),
    seed("S08", "another account was read back", changed("callback", "read_back_index = 'other'")),
    seed("S08", "the name does not match", changed("namecheck", "result = 'no_match'")),
    seed("S08", "nobody approved", removed("decision", "kind = 'bank_approval'")),
    seed("S08", "it was used at once", changed("bankaccount", "approved_at = active_at")),
    seed(
        "S08",
        "who let the party in verified its account",
        "UPDATE bankaccount SET verified_by = 'lin.buyer' WHERE reference = 'ACC-2026-000002'",
    ),
    seed(
        "S20",
        "money went there before it was in use",
        "DELETE FROM event WHERE subject_table = 'bankaccount' AND after = 'active' "
        "AND subject_id = (SELECT id FROM bankaccount WHERE reference = 'ACC-2026-000003')",
        kin="S02 S04",
    ),
    seed(
        "S21", "nobody looked at the first payment", removed("decision", "kind = 'first_payment'")
    ),
    seed(
        "S21",
        "who verified the account let its first payment go",
        "UPDATE decision SET answered_by = 'zhao.finance' WHERE kind = 'first_payment'",
        kin="S06 S07",
    ),
    seed(
        "S22",
        "a notice was never promised",
        "INSERT INTO accountnotice (id, bank_account_id, told, sha256, promised_on) "
        "SELECT 1, min(id), 'owner', 'nowhere', '2026-11-01' FROM bankaccount",
    ),
    seed(
        "S09",
        "one of ours belongs to a supplier",
        "UPDATE person SET party_id = (SELECT max(id) FROM party) WHERE handle = 'lin.buyer'",
    ),
    seed(
        "S11",
        "a key stands for two commands",
        "INSERT INTO idempotencykey (id, actor, key, body_sha256, answer) "
        "VALUES (1, 'portal', 'k', 'a', ''), (2, 'portal', 'k', 'b', '')",
    ),
    seed(
        "S13",
        "a question waits for nobody",
        *copied(
            "decision",
            "kind = 'filing'",
            "reference = 'DEC-2026-000999', status = 'requested', role = '', answer = '', "
            "answered_by = NULL, answered_on = NULL",
        ),
        kin="S02",
    ),
    seed(
        "S15",
        "another paper was signed than is kept",
        changed("contract", "signed_sha256 = 'another'"),
    ),
    seed(
        "S15",
        "nobody of the supplier signed",
        "DELETE FROM decision WHERE kind = 'signature' AND subject_reference = 'CON-2026-000001'",
    ),
    seed(
        "S16",
        "two parties have one identity number",
        "UPDATE party SET identifier_scheme = 'cn_uscc', identifier_index = 'equal' "
        "WHERE id IN (SELECT party_id FROM supplier ORDER BY id LIMIT 2)",
        kin="F3",
    ),
    seed(
        "S16",
        "two parties use one account",
        "UPDATE bankaccount SET number_index = 'equal' "
        "WHERE reference IN ('ACC-2026-000003', 'ACC-2026-000004')",
        kin="F3 S08",
    ),
    seed(
        "S17",
        "a price of a contract was changed",
        changed("contractterm", "value_e6 = value_e6 + 10000"),
        kin="S51",
    ),
    seed(
        "S18",
        "other words were put into somebody's mouth",
        "UPDATE decision SET reason = 'as the supplier wishes' WHERE kind = 'filing'",
    ),
    seed(
        "S18",
        "more was accepted in somebody's name",
        changed("decision", "detail = '{\"accept\":{}}'", "kind = 'acceptance'"),
    ),
    seed(
        "S19",
        "an answer is older than its question",
        "UPDATE decision SET answered_on = '2026-12-01' WHERE kind = 'filing'",
    ),
)

RECOMPUTED = (
    seed(
        "F2",
        "the file sent pays another holder",
        "UPDATE bankaccount SET holder = 'Mallory' WHERE reference = 'ACC-2026-000002'",
    ),
    seed(
        "F2",
        "the return rests on another rule",
        "UPDATE withholding SET rule = '2019-01-01'",
        kin="F7",
    ),
    seed(
        "F3",
        "a secret was moved to another row",
        "UPDATE vaultentry SET subject_id = subject_id + 1 WHERE retention = 'identity' "
        "AND subject_table = 'compliancedocument'",
    ),
    seed(
        "F3",
        "an account is found by another number",
        "UPDATE bankaccount SET number_index = 'other' WHERE reference = 'ACC-2026-000002'",
        kin="S08",
    ),
    seed(
        "F4",
        "a document has another size",
        changed("storeddocument", "size = size + 1"),
    ),
    seed(
        "F6",
        "another price was agreed afterwards",
        changed("workitem", "price_e6 = price_e6 + 10000", "claimed_e4 > 0"),
    ),
    seed(
        "F7",
        "the tax was withheld on other grounds",
        "UPDATE withholding SET income_kind = 'author_remuneration'",
    ),
)

NAMES = (
    seed("R01", "a name was hidden from the search", removed("namekey")),
    seed("R02", "a hit was put to nobody", "UPDATE screeninghit SET review_id = 0"),
    seed("R03", "somebody was taken off a list", removed("watchentry")),
    seed(
        "R05",
        "one person alone cleared what was found true",
        changed("review", "clearing_by = 'gu.compliance'", "status = 'cleared'"),
    ),
    seed("R04", "a risk was made smaller", "UPDATE riskassessment SET tier = 'low', score = 0"),
)

SEEDS = (*NAMES, *HISTORY, *PEOPLE, *RECOMPUTED)
