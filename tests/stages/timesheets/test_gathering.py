"""A month of time becomes one sheet: summed exactly, priced by order, kind and day."""

from datetime import date

from tests import make
from tests.make import staffing
from tests.stages.timesheets.month import (
    DOUBLE,
    OVERTIME,
    REGULAR,
    accepted,
    gathered,
    handed_in,
    run,
    states,
)
from vendorops.domain.measure import price_e6
from vendorops.tables import OrderLine, ServiceSheet


def test_the_time_of_a_month_is_one_sheet_with_one_line_for_each_order_kind_and_price(opener):
    with opener()() as books:
        contract = staffing.agency(books)
        order = staffing.assignment(books, contract)
        other = staffing.assignment(books, contract, number=2, price="61.30")
        line = make.only(books, OrderLine, work_order_id=order.id)
        make.orders.order_line(
            books, order, number=line.number, valid_from=date(2026, 10, 15), revision=1,
            price_e6=price_e6("54.00"),
        )  # fmt: skip
    handed_in(
        opener,
        staffing.time_form(
            order, ("2026-10-12", REGULAR, "7.5"), ("2026-10-15", REGULAR, "8"),
            ("2026-10-13", OVERTIME, "1.25"), ("2026-10-13", REGULAR, "8"),
        ),
    )  # fmt: skip
    handed_in(opener, staffing.time_form(order, ("2026-10-08", REGULAR, "0.3333")))
    handed_in(opener, staffing.time_form(other, ("2026-10-10", DOUBLE, "4")))

    assert gathered(opener) == [
        (REGULAR, "2026-10-13", "15.8333", "52.00"),
        (OVERTIME, "2026-10-13", "1.25", "78.00"),
        (REGULAR, "2026-10-15", "8", "54.00"),
        (DOUBLE, "2026-10-10", "4", "122.60"),
    ]
    with opener()() as books:
        sheet = make.only(books, ServiceSheet)
        assert (sheet.month, sheet.submitted_by) == ("2026-10", "he.hengxin")


def test_an_overtime_price_of_the_order_comes_before_the_multiple(opener):
    with opener()() as books:
        order = staffing.assignment(books, staffing.agency(books))
        make.orders.order_line(books, order, number=2, code=OVERTIME, price_e6=price_e6("70.00"))
    handed_in(
        opener,
        staffing.time_form(order, ("2026-10-12", OVERTIME, "2"), ("2026-10-12", DOUBLE, "2")),
    )

    assert [line[3] for line in gathered(opener)] == ["104.00", "70.00"]


def test_time_of_a_month_that_is_not_over_waits(opener):
    with opener()() as books:
        order = staffing.assignment(books, staffing.agency(books))
    handed_in(opener, staffing.time_form(order, ("2026-11-02", REGULAR, "8")))

    assert run("timesheets", opener).advanced == []
    assert states(opener) == {"1": "submitted"}


def test_acceptance_of_the_sheet_approves_the_time_and_rejection_rejects_it(opener):
    with opener()() as books:
        order = staffing.assignment(books, staffing.agency(books))
    handed_in(opener, staffing.time_form(order, ("2026-10-12", REGULAR, "8")))
    accepted(opener)
    handed_in(opener, staffing.time_form(order, ("2026-10-13", REGULAR, "9")))
    accepted(opener, "reject")
    handed_in(opener, staffing.time_form(order, ("2026-10-13", REGULAR, "8")))

    assert states(opener) == {"1": "approved", "2": "rejected", "3": "submitted"}
