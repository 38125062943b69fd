"""What every tax on the law shelf owes: worked examples to the cent, and no surprises."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorops.domain.jurisdiction import (
    IncomeKind,
    MonthPaid,
    PayeeKind,
    PayerKind,
    WithholdingFacts,
)
from vendorops.domain.money import Money
from vendorops.law import (
    codes,
    jurisdiction,
)
from vendorops.law.cn.per_payment import by_brackets
from vendorops.law.evaluation import ask, rules
from vendorops.law.examples import ReturnExamples, RuleExamples, TaxExamples, examples

FILES = [(code, file) for code in codes() for file in examples(code)]
PAYMENTS = [
    pytest.param(code, file.tax, case, id=f"{file.tax}: {case.case}")
    for code, file in FILES
    if isinstance(file, TaxExamples)
    for case in file.cases
]
RULES = [
    pytest.param(code, case, id=f"{case.rule}: {case.case}")
    for code, file in FILES
    if isinstance(file, RuleExamples)
    for case in file.cases
]
FEN = st.integers(min_value=0, max_value=30_000_000)


def paid(minor, *, day=date(2026, 10, 12), **changes):
    facts = WithholdingFacts(
        payer=PayerKind.ENTERPRISE,
        payee=PayeeKind.PERSON,
        resident=True,
        income_kind=IncomeKind.LABOR_REMUNERATION,
        earlier_income=Money(0, "CNY"),
        earlier_withheld=Money(0, "CNY"),
        payment=Money(minor, "CNY"),
        day=day,
    )
    return replace(facts, **changes)


def asked(code, case):
    return {
        "id": case.case,
        "jurisdiction": code.upper(),
        "rule": case.rule,
        "inputs": case.inputs,
        "day": case.day.isoformat(),
        "switches": case.switches,
    }


def kept(facts):
    (answer,) = jurisdiction("cn").withheld(facts)
    return answer


def month(parts, **changes):
    income = withheld = Money(0, "CNY")
    for part in parts:
        facts = paid(part, earlier_income=income, earlier_withheld=withheld, **changes)
        income, withheld = facts.month_income, withheld + kept(facts).amount
    return withheld


@pytest.mark.parametrize(("code", "tax", "case"), PAYMENTS)
def test_each_worked_example_comes_out_to_the_cent(code, tax, case):
    law = jurisdiction(code)

    answers = law.withheld(case.facts.on(case.day, law.currency))

    (answer,) = [each for each in answers if each.tax == tax]
    assert answer.base == Money.parse(f"{case.expected.base:f}", law.currency)
    assert answer.amount == Money.parse(f"{case.expected.amount:f}", law.currency)


@pytest.mark.parametrize(("code", "case"), RULES)
def test_each_worked_case_of_a_rule_is_answered_and_notes_what_is_not_sure(code, case):
    told = ask(asked(code, case), date(1999, 1, 1))

    assert {key: told.result.get(key) for key in case.expected} == case.expected
    noted = {
        found.where if found.code == "law-unconfirmed" else found.code for found in told.findings
    }
    assert noted == set(case.unsure)


@pytest.mark.parametrize("code", codes())
def test_every_tax_form_and_rule_has_worked_examples_of_its_own(code):
    law, files = jurisdiction(code), examples(code)

    taxes = {file.tax for file in files if isinstance(file, TaxExamples)}
    forms = {file.form for file in files if isinstance(file, ReturnExamples)}
    cases = [case for file in files if isinstance(file, RuleExamples) for case in file.cases]
    assert taxes == {tax.code for tax in law.taxes}
    assert forms == {known.form for known in law.returns}
    assert {case.rule for case in cases} == rules(code).keys()
    assert all(file.cases for file in files)


@pytest.mark.parametrize("code", codes())
def test_both_readings_of_every_unclear_law_have_worked_cases(code):
    cases = [
        case for file in examples(code) if isinstance(file, RuleExamples) for case in file.cases
    ]

    for name, dated in jurisdiction(code).parameters.items():
        figures = dated.versions.values()
        if all(figure.sure for figure in figures) or not any(each.options for each in figures):
            continue
        followed = {case.switches.get(name) for case in cases if name in case.unsure}
        assert None in followed, f"{name}: no case follows the shelf and is told it is not sure"
        chosen = followed | {figure.value for figure in figures}
        assert chosen >= {option for figure in figures for option in figure.options}, name


def test_a_company_files_its_own_returns_and_nothing_is_kept_back():
    facts = paid(5_000_000, payee=PayeeKind.COMPANY)

    assert jurisdiction("cn").withheld(facts) == ()


@pytest.mark.parametrize("resident", [True, False])
@pytest.mark.parametrize("kind", list(IncomeKind))
def test_exactly_one_income_tax_applies_to_each_payment_to_a_person(kind, resident):
    answers = jurisdiction("cn").withheld(paid(100_000, income_kind=kind, resident=resident))

    assert len(answers) == 1
    assert answers[0].citations


def test_a_registered_platform_counts_the_year_from_the_first_day_of_the_method():
    platform = paid(
        3_000_000, payer=PayerKind.PLATFORM, registered_platform=True, day=date(2025, 9, 30)
    )
    assert kept(platform).tax == "cn.iit.labor_remuneration"

    after = kept(replace(platform, day=date(2025, 10, 1)))
    assert (after.tax, after.amount.text) == ("cn.iit.platform_cumulative", "570.00")


def test_a_platform_that_did_not_register_withholds_per_payment_and_is_told_to():
    platform = paid(200_000, payer=PayerKind.PLATFORM, day=date(2025, 10, 1))

    answer = kept(platform)

    assert (answer.tax, answer.amount.text) == ("cn.iit.labor_remuneration", "240.00")
    assert [finding.code for finding in answer.findings] == ["platform-not-registered"]


@given(st.lists(FEN, min_size=1, max_size=12))
def test_a_platform_year_without_a_break_comes_to_the_tax_of_the_year(incomes):
    law = jurisdiction("cn").law_of(date(2026, 12, 31))
    months: list[MonthPaid] = []
    for at, income in enumerate(max(minor, 1) for minor in incomes):
        facts = paid(
            income,
            day=date(2026, at + 1, 28),
            payer=PayerKind.PLATFORM,
            registered_platform=True,
            earlier_months=tuple(months),
        )
        answer = kept(facts)
        assert 0 <= answer.amount.minor <= income
        months.append(MonthPaid(f"2026-{at + 1:02}", facts.payment, answer.amount))

    whole = sum(paid.income.minor for paid in months)
    base = Money(max(0, (whole * 8 + 5) // 10 - 500_000 * len(months)), "CNY")
    due = by_brackets(base, law.brackets("comprehensive.brackets")).minor
    assert sum(paid.withheld.minor for paid in months) >= min(due, months[-1].withheld.minor)
    if not any(answer.code == "payment-below-tax" for answer in answer.findings):
        assert sum(paid.withheld.minor for paid in months) >= due


@pytest.mark.parametrize(
    ("minor", "told"), [(9_999_999, []), (10_000_001, ["worker-vat-not-kept-back"])]
)
def test_a_platform_is_told_of_vat_once_a_month_reaches_its_threshold(minor, told):
    platform = paid(minor, payer=PayerKind.PLATFORM, registered_platform=True)

    assert [finding.code for finding in kept(platform).findings] == told
    assert kept(replace(platform, vat_kept_back=True)).findings == ()


def test_tax_that_this_payment_cannot_bear_is_reported():
    answer = kept(paid(50_000, earlier_income=Money(10_000_000, "CNY")))

    assert answer.amount.text == "500.00"
    assert [finding.code for finding in answer.findings] == ["payment-below-tax"]


@given(FEN, FEN, st.sampled_from(IncomeKind), st.booleans())
def test_more_income_never_means_less_tax_and_tax_never_exceeds_it(one, other, kind, resident):
    small, large = sorted((one, other))
    taxes = [
        kept(paid(minor, income_kind=kind, resident=resident)).amount.minor
        for minor in (small, large)
    ]

    assert 0 <= taxes[0] <= taxes[1] <= large
    assert taxes[0] <= small


@given(st.lists(FEN, min_size=1, max_size=6), st.sampled_from(IncomeKind), st.booleans())
def test_splitting_a_month_does_not_change_its_tax(parts, kind, resident):
    whole = month([sum(parts)], income_kind=kind, resident=resident)

    assert month(parts, income_kind=kind, resident=resident) == whole


def test_an_unpassed_bill_is_usable_and_says_that_it_is_not_sure():
    facts = replace(
        paid(0),
        payment=Money(100_000, "EUR"),
        earlier_income=Money(0, "EUR"),
        day=date(2028, 1, 1),
    )

    (answer,) = jurisdiction("xa").withheld(facts)

    assert answer.amount.text == "120.00"
    assert "not yet passed" in answer.findings[0].message


def test_payments_to_persons_in_china_warn_of_the_tax_that_is_not_written():
    def warnings(day):
        return {finding.code for finding in kept(paid(200_000, day=day)).findings}

    assert warnings(date(2026, 10, 31)) == set()
    assert warnings(date(2026, 11, 1)) == {"vat-not-kept-back"}
