"""What recruiters earned comes on one sheet a month, priced by their contract."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from sqlmodel import select

from tests import make
from tests.make.placements import FEE, FIXED, RETAINER, placement, recruiting
from tests.stages.guarantees.line import REPORTER, recruiter, started, works
from tests.stages.settlement.month import company, run
from vendorops.books.questions import NotAllowed
from vendorops.domain.contract_facts import Tier
from vendorops.domain.measure import extended
from vendorops.domain.money import Money
from vendorops.domain.program import UnknownTerm
from vendorops.tables import Contract, Placement, ServiceSheet
from vendorops.working.placing import Hire, NotPlaceable, cancel, place, report_start

OCTOBER = date(2026, 10, 31)
NOVEMBER = date(2026, 11, 3)


def amounts(opener):
    return [extended(row.quantity_e4, row.price_e6, row.currency).text for row in works(opener)]


def sheets(opener):
    with opener()() as books:
        return [row.month for row in books.session.exec(select(ServiceSheet)).all()]


def test_all_starts_of_a_month_stand_on_one_sheet_when_the_month_is_over(opener):
    contract = recruiter(opener)
    started(opener, contract, date(2026, 10, 5))
    started(opener, contract, date(2026, 10, 31), salary="240000")
    started(opener, contract, date(2026, 11, 2))

    run("placements", opener, OCTOBER)
    assert sheets(opener) == []
    run("placements", opener, NOVEMBER)
    run("placements", opener, NOVEMBER)

    assert sheets(opener) == ["2026-10"]
    assert amounts(opener) == ["72000.00", "48000.00"]
    line = works(opener)[0].id
    with opener()() as books:
        first = make.only(books, Placement, starts_on=date(2026, 10, 5))
        assert first.work_item_id == line


def test_a_start_that_is_reported_late_comes_on_a_further_sheet_of_its_month(opener):
    contract = recruiter(opener)
    started(opener, contract)
    run("placements", opener, NOVEMBER)
    with opener(as_of=NOVEMBER, actor=REPORTER)() as books:
        late = placement(books, books.named(Contract, contract))
        report_start(books, late, date(2026, 10, 30))

    run("placements", opener, NOVEMBER)

    assert sheets(opener) == ["2026-10", "2026-10"]


@pytest.mark.parametrize(("hires", "share"), [(2, "0.2"), (3, "0.15")])
def test_more_hires_on_a_sheet_reach_the_next_tier_for_all_of_them(opener, hires, share):
    contract = recruiter(opener, tiers=(Tier(30_000, 150_000),))
    for at in range(hires):
        started(opener, contract, date(2026, 10, 5 + at))

    run("placements", opener, NOVEMBER)

    fee = Money.parse("360000", "CNY").minor * Fraction(share)
    assert amounts(opener) == [Money(int(fee), "CNY").text] * hires


def test_a_fixed_fee_is_what_was_agreed_whatever_the_pay(opener):
    contract = recruiter(opener, terms=(FIXED,))
    started(opener, contract, fee_term="placement_fixed", salary="1")

    run("placements", opener, NOVEMBER)

    assert amounts(opener) == ["30000.00"]


def test_a_retainer_is_due_each_month_and_for_part_of_one_by_days(opener):
    contract = recruiter(opener, terms=(FEE, RETAINER), starts_on=date(2026, 10, 17))
    started(opener, contract, date(2026, 10, 20))

    run("placements", opener, date(2026, 12, 2))

    assert sheets(opener) == ["2026-10", "2026-11"]
    assert [row.quantity_e4 for row in works(opener)] == [10_000, 4_839, 10_000]
    assert amounts(opener) == ["72000.00", "3000.18", "6200.00"]


def test_another_retainer_within_a_month_splits_it_without_losing_a_part(opener):
    raised = RETAINER | {"value": "9300", "valid_from": date(2026, 10, 22)}
    recruiter(opener, terms=(FEE, RETAINER, raised))

    run("placements", opener, NOVEMBER)

    assert [row.quantity_e4 for row in works(opener)] == [6_774, 3_226]
    assert [row.price_e6 // 10**6 for row in works(opener)] == [6_200, 9_300]


def test_who_reported_a_start_may_not_accept_its_fee_although_another_handed_in_the_sheet(opener):
    contract = recruiter(opener)
    started(opener, contract)
    with opener(as_of=date(2026, 10, 6), actor="lin.buyer")() as books:
        row = placement(books, books.named(Contract, contract))
        report_start(books, row, date(2026, 10, 6))
    run("placements", opener, NOVEMBER)
    run("acceptance", opener, NOVEMBER)

    with pytest.raises(NotAllowed):
        make.reply(opener, "acceptance", "lin.buyer")


def test_who_never_starts_earns_nothing(opener):
    contract = recruiter(opener)
    with opener(actor=REPORTER)() as books:
        cancel(books, placement(books, books.named(Contract, contract)), "no show")

    run("placements", opener, NOVEMBER)

    assert sheets(opener) == []


def test_the_same_offer_is_placed_once(opener):
    contract = recruiter(opener)
    hire = Hire("王小明", Money(100, "CNY"), date(2026, 11, 9), offer_reference="OFF-2026-000001")
    with opener(actor=REPORTER)() as books:
        of = books.named(Contract, contract)
        assert place(books, of, hire).id == place(books, of, hire).id


REFUSED: dict[str, dict[str, Any]] = {
    "nobody is placed without a name": {"worker_name": " "},
    "give the pay the offer states": {"base_salary": Money(0, "CNY")},
    "does not fit CON-": {"base_salary": Money(100, "EUR")},
    "does not cover 2027-10-01": {"starts_on": date(2027, 10, 1)},
    "'retainer' is no fee for a hire": {"fee_term": "retainer"},
}


def test_a_hire_that_cannot_be_is_refused_in_one_sentence(opener):
    usual: dict[str, Any] = {
        "worker_name": "王小明",
        "base_salary": Money(100, "CNY"),
        "starts_on": NOVEMBER,
    }
    with opener(actor=REPORTER)() as books:
        company(books)
        of = recruiting(books)
        for sentence, wrong in REFUSED.items():
            with pytest.raises(NotPlaceable, match=sentence):
                place(books, of, Hire(**usual | wrong))


def test_a_hire_for_a_fee_that_was_not_agreed_or_under_another_program_is_refused(opener):
    with opener(actor=REPORTER)() as books:
        hire = Hire("王小明", Money(100, "CNY"), NOVEMBER, "placement_fixed")
        with pytest.raises(UnknownTerm, match="puts no value on 'placement_fixed'"):
            place(books, recruiting(books), hire)
        with pytest.raises(NotPlaceable, match="is a contract of staffing, effective"):
            place(books, make.contract(books), hire)


def test_a_start_is_reported_once_by_somebody_known_on_a_day_that_has_come(opener):
    contract = recruiter(opener)
    with opener(actor=REPORTER)() as books:
        row = placement(books, books.named(Contract, contract))
        with pytest.raises(NotPlaceable, match="2026-11-05 has not come yet"):
            report_start(books, row, date(2026, 11, 5))
        with pytest.raises(NotPlaceable, match="was not in force on 2026-09-30"):
            report_start(books, row, date(2026, 9, 30))
        report_start(books, row, NOVEMBER)
        with pytest.raises(NotPlaceable, match="is started; only who accepted an offer"):
            report_start(books, row, NOVEMBER)
    with opener(actor="nobody.here")() as books:
        row = books.named(Placement, row.reference)
        with pytest.raises(NotPlaceable, match=r"nobody is known as 'nobody\.here'"):
            report_start(books, row, NOVEMBER)
