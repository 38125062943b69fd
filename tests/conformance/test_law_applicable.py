"""What applies is asked of the rules themselves: by payer, payee, income, mode and day."""

from dataclasses import replace
from datetime import date

import pytest

from vendorops.domain.jurisdiction import (
    Group,
    IncomeKind,
    PayeeKind,
    PayerKind,
    Situation,
)
from vendorops.domain.periods import DAY
from vendorops.law import codes, jurisdiction
from vendorops.law.evaluation import rules

FREELANCER = Situation(
    payer=PayerKind.ENTERPRISE,
    payee=PayeeKind.PERSON,
    resident=True,
    income_kind=IncomeKind.LABOR_REMUNERATION,
    day=date(2026, 11, 10),
)
PLATFORM = replace(FREELANCER, payer=PayerKind.PLATFORM, registered_platform=True)


def found(situation, place="cn"):
    return {each.code for each in jurisdiction(place).applicable(situation)}


def kept_back(situation):
    return [each.code for each in jurisdiction("cn").applicable(situation) if each.kept_back]


@pytest.mark.parametrize("code", codes())
def test_every_duty_is_answered_by_a_rule_of_its_place(code):
    duties = jurisdiction(code).duties

    assert {duty.rule for duty in duties} <= rules(code).keys()
    assert all(duty.title for duty in duties)
    assert all(duty.until is None or duty.since < duty.until for duty in duties)


@pytest.mark.parametrize(
    ("situation", "tax"),
    [
        (FREELANCER, "cn.iit.labor_remuneration"),
        (PLATFORM, "cn.iit.platform_cumulative"),
        (replace(PLATFORM, registered_platform=False), "cn.iit.labor_remuneration"),
        (replace(PLATFORM, day=date(2025, 9, 30)), "cn.iit.labor_remuneration"),
        (replace(PLATFORM, resident=False), "cn.iit.nonresident"),
        (replace(PLATFORM, income_kind=IncomeKind.ROYALTY), "cn.iit.royalty"),
        (replace(FREELANCER, group=Group.STUDENT_INTERN), "cn.iit.student_intern"),
        (
            replace(FREELANCER, group=Group.STUDENT_INTERN, day=date(2020, 6, 30)),
            "cn.iit.labor_remuneration",
        ),
        (replace(PLATFORM, group=Group.SECURITIES_BROKER), "cn.iit.commission"),
    ],
)
def test_exactly_one_income_tax_fits_payer_payee_income_and_day(situation, tax):
    assert kept_back(situation) == [tax]


def test_a_sole_trader_declares_for_himself_and_is_relieved_until_the_relief_ends():
    trader = replace(FREELANCER, payee=PayeeKind.SOLE_TRADER)

    assert kept_back(trader) == []
    assert "iit.individual_business.half_relief" in found(replace(trader, day=date(2027, 12, 31)))
    assert "iit.individual_business.half_relief" not in found(
        replace(trader, day=date(2028, 1, 1))
    )


def test_vat_is_withheld_by_who_pays_from_its_first_day_and_not_where_a_platform_files():
    first = date(2026, 11, 1)
    rule = "vat.withholding.natural_person"

    assert rule not in found(replace(FREELANCER, day=first - DAY))
    assert rule in found(replace(FREELANCER, day=first))
    assert rule not in found(replace(PLATFORM, day=first))


def test_stamp_duty_follows_what_is_agreed_and_not_who_agrees():
    company = replace(FREELANCER, payee=PayeeKind.COMPANY)

    assert "stamp_duty" in found(replace(company, mode="business_outsourcing"))
    assert "stamp_duty" not in found(replace(company, mode="labor_dispatch"))
    assert "vat.hr_outsourcing.agency_6" in found(replace(company, mode="business_outsourcing"))


def test_a_recycler_of_scrap_writes_the_invoices_itself():
    assert "reverse_invoice.scrap" in found(replace(FREELANCER, payer=PayerKind.RECYCLER))
    assert "reverse_invoice.scrap" not in found(FREELANCER)
