"""Earnings that no pay plan, fact or work stands behind."""

from tests.invariants.seed import seed

TERMS = (
    '{{"base_minor":0,"cap_minor":0,"carry_losses":true,"currency":"CNY","full_days_e4":0,'
    '"incentives":[],"kind":"pay_plan","manner":"marginal","method":"income_share",'
    '"parts":[{{"share_e6":1000000,"to":""}}],"plan":"monthly","rates":[],'
    '"recover_share_e6":1000000,"report_days":0,"share_e6":600000,"steps":[],'
    '"term":"expense"}}'
)
OF = (
    "FROM workitem w JOIN contract c ON c.id = w.contract_id"
    " WHERE w.id = (SELECT min(id) FROM workitem WHERE accepted_e4 = 10000 AND basis_minor = 0)"
)
PLAN = f"""
INSERT INTO agreedterm (id, reference, contract_id, kind, categories, valid_from, facts, cite,
    source_sha256, proposed_by, proposed_on, closed_through, counted_sheets, status)
SELECT 1, 'AGT-2026-000001', c.id, 'pay_plan', '', c.starts_on, '{TERMS}',
    'Annex 2', c.template, 'lin.buyer', c.starts_on, '', 0, '{{status}}' {OF}
"""
FACT = f"""
INSERT INTO earningfact (id, contract_id, key, kind, first, last, code, subject, quantity_e4,
    amount_minor, replaces_id, source_sha256, reported_by, reported_on)
SELECT {{key}}, c.id, 'f{{key}}', 'sale', w.performed_on, w.performed_on, '', '', 0,
    {{minor}}, {{replaces}}, c.template, '{{by}}', w.performed_on {OF}
"""
LINE = f"""
INSERT INTO earnedline (id, reference, agreed_term_id, contract_id, stretch, starts_on, ends_on,
    kind, number, newest_fact_id, entered_on,
    contract_ended_on, due_minor, net_minor, calculation, work_item_id)
SELECT 1, 'EAR-2026-000001', 1, c.id, substr(w.performed_on, 1, 7), c.starts_on, w.performed_on,
    'earned', {{number}}, 9, '2099-01-01', c.ends_on, {{due}}, {{due}}, '{{{{"facts":["f1"]}}}}',
    {{work}} {OF}
"""
SAME = "UPDATE workitem SET basis_minor = 60 WHERE id = ({})"
ITEM = "SELECT min(id) FROM workitem WHERE accepted_e4 = 10000 AND basis_minor IN (0, 60)"
MEMO = """
INSERT INTO creditmemo (id, reference, contract_id, kind, borne_by, month, source_table,
    source_id, source_reference, sentence, basis, currency, net_minor, tax_category, tax_rate_e4,
    tax_minor, applied_minor, raised_by, raised_on, status)
SELECT 1, 'CRM-2026-000001', id, 'earnings_correction', 'supplier', '2026-10', 'earnedline', 7,
    'EAR', 'less', '{}', currency, 100, 'O', 0, 0, 0, 'lin.buyer', '2026-10-31', 'draft'
FROM contract LIMIT 1
"""
ACCEPTED_BY = (
    "SELECT answered_by FROM decision WHERE subject_table = 'servicesheet' AND answer = 'approve'"  # noqa: S608 - of these tests.
    f" AND subject_id = (SELECT service_sheet_id FROM workitem WHERE id = ({ITEM}))"
)
BUYER = f"UPDATE earningfact SET reported_by = ({ACCEPTED_BY})"  # noqa: S608 - as above.


def plan(status: str = "agreed") -> str:
    return PLAN.format(status=status)


def fact(key: int = 1, minor: int = 100, replaces: str = "NULL", by: str = "zhao.finance") -> str:
    return FACT.format(key=key, minor=minor, replaces=replaces, by=by)


def line(due: int = 60, number: int = 1) -> str:
    return LINE.format(due=due, number=number, work=f"({ITEM})")


SEEDS = (
    seed(
        "M120",
        "more was entered as earned than the facts make",
        plan(),
        fact(minor=90),
        line(),
        SAME.format(ITEM),
        kin="S02",
    ),
    seed(
        "M121",
        "a memo says that it takes back what nobody had entered as earned",
        MEMO,
        kin="S02",
    ),
    seed(
        "M122",
        "something is earned by lines that begin with the second",
        plan(),
        fact(),
        line(number=2),
        SAME.format(ITEM),
        kin="S02",
    ),
    seed(
        "S100",
        "a fact takes the place of one that was reported after it",
        fact(key=1, replaces="2"),
        fact(key=2),
    ),
    seed(
        "S101",
        "a buyer accepted what his own report had earned",
        plan(),
        fact(),
        line(),
        SAME.format(ITEM),
        BUYER,
        kin="S02",
    ),
)
