"""What money will be there: each amount once, on its day, in its currency."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tests.stages.bank_statements.parting import parted
from tests.stages.bank_statements.told import NEXT, Booked, our_company, statement, take
from tests.stages.settlement.month import (
    claim,
    company,
    freelance,
    paid,
    run,
    settled,
    staffing,
)
from vendorops.domain.cash import Expected, Expense, cash_days, lowest
from vendorops.domain.money import Money
from vendorops.forecasting import forecast

FIRST = make.AS_OF


def told(opener, days=90, as_of=FIRST):
    with opener(as_of=as_of)() as books:
        return forecast(books, as_of, days)


def sums(found):
    return {(str(each.expense), each.amount.minor) for each in found.expected}


@pytest.fixture
def month(opener):
    """A supplier and a person with claims that nobody settled yet, and unclaimed work."""
    with opener()() as books:
        company(books)
        agency = staffing(books)
        claim(books, agency, ("40", "46.50"))
        claim(books, freelance(books), ("1", "3000"), rate_e4=0)
        make.service_sheet(books, agency, [make.done("10", "46.50")])


@pytest.mark.usefixtures("month")
def test_claims_and_accepted_work_are_expected_before_anything_is_settled(opener):
    assert sums(told(opener)) == {
        ("claimed", 197_160),
        ("claimed", 300_000),
        ("accepted", 46_500),
    }


@pytest.mark.usefixtures("month")
def test_each_amount_is_told_once_wherever_it_has_come(opener):
    run("settlement", opener)
    calculated = sums(told(opener))
    make.reply(opener, "settlement", "wang.approver")
    run("settlement", opener)
    sealed = sums(told(opener))
    run("payment", opener)
    planned = sums(told(opener))
    run("release", opener)
    make.reply(opener, "payment_approval", "wang.approver")
    run("release", opener)
    approved = sums(told(opener))
    make.reply(opener, "payment_release", "sun.releaser")
    run("release", opener)

    tax, work = ("tax", 44_000), ("accepted", 46_500)
    net = 300_000 - 44_000
    assert calculated == {("settled", 197_160), ("settled", net), tax, work}
    assert sealed == {("payable", 197_160), ("payable", net), tax, work}
    assert planned == {("planned", 197_160 + net), tax, work}
    assert approved == {("approved", 197_160 + net), tax, work}
    assert sums(told(opener)) == {tax, work}


@pytest.mark.usefixtures("month")
def test_tax_is_due_on_the_day_of_the_laws_calendar_of_the_month_of_payment(opener):
    settled(opener)
    paid(opener)

    (tax,) = [each for each in told(opener).expected if each.expense == Expense.TAX]

    assert tax.day == date(2026, 12, 15)
    assert tax.reference == "cn.iit.withholding 2026-11"


def test_what_the_bank_told_last_is_what_there_is_less_what_is_on_its_way(opener):
    with opener()() as books:
        our_company(books)
        claim(books, staffing(books), ("40", "46.50"))
    without = told(opener)
    take(opener, statement(Booked("10.00", direction="CRDT"), day=FIRST), as_of=FIRST)
    settled(opener)
    paid(opener)

    days = told(opener).days["CNY"]

    assert "no statement tells what stands on ACC-2026-000001" in without.findings[0]
    assert days[0].opening == Money(10_001_000 - 197_160, "CNY")
    assert told(opener).findings == []


def test_the_lowest_day_is_named_and_what_is_late_goes_on_the_first(opener):
    del opener
    late = Expected(FIRST - timedelta(days=9), Expense.PAYABLE, Money(300, "EUR"), "SET-1", "XH")
    later = Expected(FIRST + timedelta(days=2), Expense.TAX, Money(900, "EUR"), "RET-1", "XH")
    back = Expected(FIRST + timedelta(days=3), Expense.CLAIMED, Money(-500, "EUR"), "CN-1", "XH")

    days = cash_days(Money(1_000, "EUR"), [later, late, back], FIRST, 5)

    assert [day.closing.minor for day in days] == [700, 700, -200, 300, 300]
    assert lowest(days).day == FIRST + timedelta(days=2)


AMOUNTS = st.tuples(
    st.integers(-10, 40),
    st.sampled_from(list(Expense)),
    st.integers(-(10**9), 10**9),
    st.sampled_from(["CNY", "EUR"]),
)


@given(drawn=st.lists(AMOUNTS, max_size=30), opening=st.integers(-(10**9), 10**9))
def test_what_is_left_is_what_was_there_less_all_that_falls_due(drawn, opening):
    expected = [
        Expected(FIRST + timedelta(days=after), expense, Money(minor, currency), "X", "XH")
        for after, expense, minor, currency in drawn
    ]

    days = cash_days(Money(opening, "CNY"), expected, FIRST, 30)

    due = sum(minor for after, _, minor, currency in drawn if currency == "CNY" and after < 30)
    assert days[-1].closing.minor == opening - due
    assert all(one.closing == two.opening for one, two in pairwise(days))


def test_a_part_that_came_back_is_expected_once_until_it_goes_again(opener):
    parted(opener)
    owed = told(opener, as_of=NEXT)
    run("payment", opener, as_of=NEXT)
    planned = told(opener, as_of=NEXT)

    assert sums(owed) == {("payable", 30_000)}
    assert [each.reference for each in owed.expected] == ["PRT-2026-000001"]
    assert sums(planned) == {("planned", 30_000)}
