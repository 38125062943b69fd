"""A correction is a reversal and a version; the difference is paid or credited."""

from datetime import date

import pytest

from tests import make
from tests.make import staffing
from tests.stages.timesheets.month import (
    OVERTIME,
    REGULAR,
    accepted,
    corrected,
    credited,
    gathered,
    handed_in,
    run,
    states,
)
from vendorops.domain.measure import price_e6
from vendorops.stages.timesheets.correcting import NotCorrectable
from vendorops.tables import CreditMemo, Supplier, TimeShare, Timesheet

DAY = "2026-10-12"


@pytest.fixture
def order(opener):
    with opener()() as books:
        return staffing.assignment(books, staffing.agency(books), price="33.33")


@pytest.fixture
def first(opener, order):
    """TS-2026-000001: eight and a half hours, and two of overtime, accepted."""
    handed_in(opener, staffing.time_form(order, (DAY, REGULAR, "8.5"), (DAY, OVERTIME, "2")))
    accepted(opener)
    return "TS-2026-000001"


def memos(opener):
    with opener()() as books:
        return [
            row.net_minor for row in sorted(make.rows_of(books, CreditMemo), key=lambda m: m.id)
        ]


def test_a_correction_takes_everything_back_and_enters_the_next_version(opener, first):
    assert corrected(opener, staffing.correction_form(first, (DAY, REGULAR, "8"))) == (
        "TS-2026-000001.1"
    )

    assert states(opener) == {"1": "corrected", "1C": "submitted", "1.1": "submitted"}
    with opener()() as books:
        version = make.only(books, Timesheet, reference="TS-2026-000001.1")
        assert version.corrects_id == make.only(books, Timesheet, reference=first).id


def test_fewer_hours_are_credited_at_the_price_they_were_accepted_at(opener, first):
    corrected(opener, staffing.correction_form(first, (DAY, REGULAR, "8"), (DAY, OVERTIME, "2")))
    credited(opener)

    assert memos(opener) == [round(8.5 * 3333 + 0.001) - 8 * 3333]
    assert states(opener) == {"1": "corrected", "1C": "approved", "1.1": "approved"}


def test_more_hours_are_reported_on_a_sheet_of_their_own(opener, first):
    corrected(opener, staffing.correction_form(first, (DAY, REGULAR, "10"), (DAY, OVERTIME, "2")))

    assert gathered(opener)[-1] == (REGULAR, DAY, "1.5", "33.33")
    assert memos(opener) == []
    accepted(opener)
    assert states(opener) == {"1": "corrected", "1C": "approved", "1.1": "approved"}


def test_hours_of_another_kind_are_reported_and_those_they_replace_credited(opener, first):
    corrected(opener, staffing.correction_form(first, (DAY, REGULAR, "10.5")))
    accepted(opener)
    credited(opener)

    assert gathered(opener)[-1] == (REGULAR, DAY, "2", "33.33")
    assert memos(opener) == [9999]  # Twice one and a half times 33.33.


def test_corrections_of_corrections_take_the_newest_work_back_first(opener, first):
    corrected(opener, staffing.correction_form(first, (DAY, REGULAR, "10")))
    accepted(opener)
    credited(opener)
    corrected(opener, staffing.correction_form("TS-2026-000001.1", (DAY, REGULAR, "8")))
    credited(opener)

    with opener()() as books:
        back = [row.quantity_e4 for row in make.rows_of(books, TimeShare) if row.quantity_e4 < 0]
    assert back == [-20_000, -15_000, -5_000]
    assert states(opener)["1.2"] == "approved"


def test_time_corrected_before_it_was_gathered_is_reported_as_it_came_out(opener, order):
    handed_in(opener, staffing.time_form(order, (DAY, REGULAR, "8")))
    corrected(opener, staffing.correction_form("TS-2026-000001", (DAY, REGULAR, "6")))

    assert gathered(opener) == [(REGULAR, DAY, "6", "33.33")]


def test_a_rejected_month_is_rejected_with_its_corrections_and_handed_in_anew(opener, order):
    form = staffing.time_form(order, (DAY, REGULAR, "8"))
    first = handed_in(opener, form)
    again = corrected(opener, staffing.correction_form(first, (DAY, REGULAR, "6")))
    assert handed_in(opener, staffing.time_form(order, (DAY, REGULAR, "6"))) == again
    accepted(opener, "reject")

    assert set(states(opener).values()) == {"rejected"}
    assert handed_in(opener, form) == "TS-2026-000002"


def test_what_was_accepted_is_concluded_though_new_time_is_refused(opener, order):
    handed_in(opener, staffing.time_form(order, (DAY, REGULAR, "8")))
    run("timesheets", opener)
    run("acceptance", opener)
    make.reply(opener, "acceptance", "lin.buyer")
    run("acceptance", opener)
    handed_in(opener, staffing.time_form(order, (DAY, OVERTIME, "2")))
    with opener()() as books:
        card = staffing.rate_card(books, make.only(books, Supplier), lines=0)
        staffing.rate_line(books, card, category="overtime", bill_e6=0, cap_e6=1)

    assert run("timesheets", opener).refused
    assert states(opener) == {"1": "approved", "2": "submitted"}


def test_time_taken_back_whole_before_it_was_gathered_leaves_nothing(opener, order):
    handed_in(opener, staffing.time_form(order, (DAY, REGULAR, "8")))
    assert corrected(opener, staffing.correction_form("TS-2026-000001")) == "TS-2026-000001C"

    assert gathered(opener) == []
    assert states(opener) == {"1": "corrected", "1C": "approved"}


def test_of_time_accepted_in_part_only_what_was_accepted_too_much_is_credited(opener, order):
    handed_in(opener, staffing.time_form(order, (DAY, REGULAR, "8")))
    run("timesheets", opener)
    run("acceptance", opener)
    part = {"accept": {"WRK-2026-000001": "7"}}
    make.reply(opener, "acceptance", "lin.buyer", detail=part)
    run("acceptance", opener)
    run("timesheets", opener)

    corrected(opener, staffing.correction_form("TS-2026-000001", (DAY, REGULAR, "6.5")))
    credited(opener)

    assert memos(opener) == [7 * 3333 - 21665]  # 6.5 h are 216.645, half up.


def test_a_credit_that_nobody_issues_leaves_the_first_sheet_as_it_was(opener, first):
    corrected(opener, staffing.correction_form(first, (DAY, REGULAR, "8"), (DAY, OVERTIME, "2")))
    credited(opener, "reject")

    assert states(opener) == {"1": "approved", "1C": "rejected", "1.1": "rejected"}
    assert corrected(opener, staffing.correction_form(first)) == "TS-2026-000001C1"


def test_what_was_re_rated_since_is_credited_at_the_old_price(opener, order, first):
    with opener()() as books:
        make.orders.order_line(
            books, order, revision=1, price_e6=price_e6("40.00"), valid_from=date(2026, 10, 1)
        )
    corrected(opener, staffing.correction_form(first, (DAY, REGULAR, "7.5"), (DAY, OVERTIME, "2")))
    credited(opener)

    assert memos(opener) == [28331 - 24998]


def test_only_the_newest_version_is_corrected(opener, first):
    corrected(opener, staffing.correction_form(first, (DAY, REGULAR, "8")))

    for sheet, sentence in (
        (first, "corrected before"),
        (f"{first}C", "correct the version after it"),
    ):
        with pytest.raises(NotCorrectable, match=sentence):
            corrected(opener, staffing.correction_form(sheet, (DAY, REGULAR, "7")))


def test_time_that_waits_for_a_buyer_or_stays_the_same_is_not_corrected(opener, order):
    form = staffing.correction_form("TS-2026-000001", (DAY, REGULAR, "8"))
    handed_in(opener, staffing.time_form(order, (DAY, REGULAR, "8")))
    with pytest.raises(NotCorrectable, match="nothing to correct"):
        corrected(opener, form)
    assert states(opener) == {"1": "submitted"}

    run("timesheets", opener)
    with pytest.raises(NotCorrectable, match="waits for a buyer"):
        corrected(opener, form)
