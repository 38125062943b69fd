"""Time that cannot be is refused with its line, and nothing of its sheet is entered."""

from datetime import date

import pytest

from tests import make
from tests.make import staffing
from tests.stages.timesheets.month import OVERTIME, REGULAR, accepted, corrected, handed_in, run
from vendorops.books import Answer, answer, waiting
from vendorops.books.questions import NotAllowed
from vendorops.domain.measure import price_e6
from vendorops.domain.periods import Period
from vendorops.stages.timesheets.entering import NotYours
from vendorops.stages.timesheets.submitting import BadTime
from vendorops.tables import Supplier, Timesheet

DAY = "2026-10-12"
CANNOT_BE = {
    "2026-09-30 is outside WO-2026-000001": ("2026-09-30", REGULAR, "8"),
    "2026-11-05 has not come yet": ("2026-11-05", REGULAR, "8"),
    "'moonlight_hours' is no kind of time": (DAY, "moonlight_hours", "8"),
    "'expense' is no kind of time": (DAY, "expense", "8"),
    "24.5 h are more than a day has": (DAY, REGULAR, "24.5"),
    "1.5 months are more than one": (DAY, "headcount_month", "1.5"),
    "0 is not above nothing": (DAY, REGULAR, "0"),
    "-8 is not above nothing": (DAY, REGULAR, "-8"),
    "'8h' is not a plain decimal": (DAY, REGULAR, "8h"),
    "has more than 4 decimals": (DAY, REGULAR, "8.00001"),
    "'12.10.2026' is not a day": ("12.10.2026", REGULAR, "8"),
    "'20261012' is not a day": ("20261012", REGULAR, "8"),
}


@pytest.fixture
def contract(opener):
    with opener()() as books:
        return staffing.agency(books)


@pytest.fixture
def order(opener, contract):
    with opener()() as books:
        return staffing.assignment(books, contract)


def test_a_line_that_cannot_be_is_named_and_nothing_is_entered(opener, order):
    for sentence, entry in CANNOT_BE.items():
        form = staffing.time_form(order, ("2026-10-13", REGULAR, "8"), entry)

        with pytest.raises(BadTime, match="line 2: ") as refusal:
            handed_in(opener, form)

        assert sentence in str(refusal.value)
    with opener()() as books:
        assert make.rows_of(books, Timesheet) == []


def test_more_hours_than_a_day_has_over_all_orders_of_one_person_are_refused(opener, contract):
    with opener()() as books:
        day, night = (staffing.assignment(books, contract, title=name) for name in ("A", "B"))
    handed_in(opener, staffing.time_form(day, (DAY, REGULAR, "14"), (DAY, OVERTIME, "2")))

    with pytest.raises(BadTime, match=r"line 1: 24\.5 h on 2026-10-12 over all orders"):
        handed_in(opener, staffing.time_form(night, (DAY, REGULAR, "8.5")))
    handed_in(opener, staffing.time_form(night, (DAY, REGULAR, "8")))


def test_one_person_is_not_at_two_suppliers_on_one_day_whatever_each_calls_him(opener, order):
    with opener()() as books:
        elsewhere = staffing.assignment(books, staffing.agency(books))
        somebody = staffing.assignment(books, staffing.agency(books), number=2)
    handed_in(opener, staffing.time_form(order, (DAY, REGULAR, "4")))

    with pytest.raises(BadTime, match="under another supplier or at another site"):
        handed_in(opener, staffing.time_form(elsewhere, (DAY, REGULAR, "4")), "lin.buyer")
    handed_in(opener, staffing.time_form(somebody, (DAY, REGULAR, "4")), "lin.buyer")
    handed_in(opener, staffing.time_form(elsewhere, ("2026-10-13", REGULAR, "4")), "lin.buyer")


def test_one_person_is_not_at_two_sites_on_one_day(opener, contract):
    with opener()() as books:
        here, there = (staffing.assignment(books, contract, site=site) for site in ("KS", "SH"))
    handed_in(opener, staffing.time_form(here, (DAY, REGULAR, "4")))

    with pytest.raises(BadTime, match="one person is at one place"):
        handed_in(opener, staffing.time_form(there, (DAY, REGULAR, "4")))


def test_a_person_is_one_headcount_a_month_over_all_orders(opener, contract):
    with opener()() as books:
        one, two = (staffing.assignment(books, contract, title=name) for name in ("A", "B"))
    handed_in(opener, staffing.time_form(one, (DAY, "headcount_month", "0.6")))

    with pytest.raises(BadTime, match=r"1\.1 months of headcount_month in 2026-10"):
        handed_in(opener, staffing.time_form(two, ("2026-10-30", "headcount_month", "0.5")))
    handed_in(opener, staffing.time_form(two, ("2026-10-30", "headcount_month", "0.4")))


def test_no_time_is_worked_under_an_order_that_never_began(opener, contract):
    for number, status in enumerate(["draft", "accepted", "rejected"], start=1):
        with opener()() as books:
            order = staffing.assignment(books, contract, number, status=status)

        with pytest.raises(BadTime, match=f"is {status}, not active"):
            handed_in(opener, staffing.time_form(order, (DAY, REGULAR, "8")))


def test_the_last_days_of_an_order_are_handed_in_after_it_closed(opener, contract):
    with opener()() as books:
        order = staffing.assignment(books, contract, status="closed", ends_on=date(2026, 10, 16))

    assert handed_in(opener, staffing.time_form(order, ("2026-10-15", REGULAR, "8")))
    with pytest.raises(BadTime, match="outside"):
        handed_in(opener, staffing.time_form(order, ("2026-10-16", REGULAR, "8")))


def test_the_same_time_again_is_the_same_sheet_and_other_time_is_a_correction(opener, order):
    form = staffing.time_form(order, (DAY, REGULAR, "8"))
    first = handed_in(opener, form)

    assert handed_in(opener, form) == first
    with pytest.raises(BadTime, match=f"timesheet correct {first}"):
        handed_in(opener, staffing.time_form(order, (DAY, REGULAR, "9")))
    with pytest.raises(BadTime, match="the same order, day and kind as line 1"):
        handed_in(
            opener,
            staffing.time_form(order, ("2026-10-13", REGULAR, "8"), ("2026-10-13", REGULAR, "1")),
        )


def test_a_sheet_covers_one_week_and_a_week_ends_with_its_month(opener, order):
    with pytest.raises(BadTime, match="2026-10-19 is not in the week"):
        handed_in(
            opener, staffing.time_form(order, (DAY, REGULAR, "8"), ("2026-10-19", REGULAR, "8"))
        )
    handed_in(
        opener,
        staffing.time_form(
            order, ("2026-10-31", REGULAR, "8"), ("2026-10-26", REGULAR, "8"), period="week"
        ),
    )
    with opener()() as books:
        sheet = make.only(books, Timesheet)
        found = Period(sheet.starts_on, sheet.ends_on)
        assert found == Period(date(2026, 10, 26), date(2026, 11, 1))


def test_a_price_above_the_cap_of_the_day_is_refused_until_the_order_is_re_rated(opener, order):
    with opener()() as books:
        card = staffing.rate_card(
            books, make.only(books, Supplier), lines=0, valid_from=date(2026, 10, 1)
        )
        staffing.rate_line(books, card, bill_e6=0, cap_e6=price_e6("52.00"))
        staffing.rate_line(
            books, card, bill_e6=0, cap_e6=price_e6("51.99"), valid_from=date(2026, 10, 13)
        )
    handed_in(opener, staffing.time_form(order, (DAY, REGULAR, "8")))

    with pytest.raises(BadTime, match=r"52\.00 on 2026-10-13, above the cap of 51\.99"):
        handed_in(opener, staffing.time_form(order, ("2026-10-13", REGULAR, "8")))


def test_overtime_by_a_multiple_above_its_cap_is_never_reported(opener, order):
    with opener()() as books:
        card = staffing.rate_card(books, make.only(books, Supplier), lines=0)
        staffing.rate_line(books, card, category="overtime", bill_e6=0, cap_e6=price_e6("77.99"))
    handed_in(opener, staffing.time_form(order, (DAY, OVERTIME, "2")))

    refused = run("timesheets", opener).refused

    assert "prices overtime_hours at 78.00" in refused[0][1]


def test_whoever_is_unknown_or_of_another_supplier_hands_nothing_in(opener, order):
    with opener()() as books:
        other = make.supplier(books)
        make.signer(books, make.parties.party_of(books, other), "ma.other")
    form = staffing.time_form(order, (DAY, REGULAR, "8"))

    with pytest.raises(NotYours, match="nobody is known"):
        handed_in(opener, form, "nobody")
    with pytest.raises(NotYours, match=r"ma\.other does not belong to SUP-"):
        handed_in(opener, form, "ma.other")


def test_neither_the_supplier_nor_a_wrong_role_approves_time(opener, order):
    handed_in(opener, staffing.time_form(order, (DAY, REGULAR, "8")))
    run("timesheets", opener)
    run("acceptance", opener)

    for who in ("he.hengxin", "wang.approver"):
        with pytest.raises(NotAllowed):
            make.reply(opener, "acceptance", who)


def test_a_worker_who_is_granted_a_buyers_role_still_approves_no_time(opener, order):
    with opener()() as books:
        make.grant(books, "he.hengxin", "buyer")
    handed_in(opener, staffing.time_form(order, (DAY, REGULAR, "8")))
    run("timesheets", opener)
    run("acceptance", opener)

    with opener(actor="he.hengxin")() as books:
        asked = waiting(books)[0].reference
        with pytest.raises(NotAllowed):
            answer(books, Answer(asked, "approve", "mine"))


def test_a_buyer_who_handed_time_in_or_corrected_it_does_not_accept_it(opener, order):
    first = handed_in(opener, staffing.time_form(order, (DAY, REGULAR, "8")))
    corrected(opener, staffing.correction_form(first, (DAY, REGULAR, "9")), "lin.buyer")

    with pytest.raises(NotAllowed, match="took part"):
        accepted(opener)
