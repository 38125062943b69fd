"""Rate cards: approved by a second person, dated, and no order above them."""

import json
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tests.make import staffing
from tests.stages.timesheets.month import run
from vendorops.books.questions import NotAllowed
from vendorops.domain.measure import price_e6
from vendorops.domain.rate_cards import AboveCap, RateDisagrees, RateEntry, Rates, billed_e6
from vendorops.stages.rate_cards import BadRateCard, load
from vendorops.tables import RateCard, RateLine, Supplier, WorkOrder
from vendorops.working.ordering import LineWanted, Wanted, place_order
from vendorops.working.revising import Change, propose_revision

NOVEMBER = date(2026, 11, 1)


def rate(**told):
    usual = {"category": "regular", "bill": "41.71", "pay": "35.20", "markup": "0.185"}
    return {**usual, **told}


def card(of, *rates, **told):
    usual = {"supplier": of.reference, "currency": "CNY", "valid_from": "2026-10-01"}
    return json.dumps({**usual, "rates": list(rates) or [rate()], **told}).encode()


@pytest.fixture
def contract(opener):
    with opener()() as books:
        return staffing.agency(books)


@pytest.fixture
def supplier(opener, contract):
    with opener()() as books:
        return books.get(Supplier, contract.supplier_id)


def loaded(opener, data):
    with opener(actor="lin.buyer")() as books:
        return load(books, data).reference


def held(opener, data):
    loaded(opener, data)
    run("rate_cards", opener)
    make.reply(opener, "rate_card", "wang.approver")
    run("rate_cards", opener)


def statuses(opener):
    with opener()() as books:
        return [row.status for row in make.rows_of(books, RateCard)]


def test_a_card_holds_once_an_approver_said_so_and_its_day_has_come(opener, supplier):
    held(opener, card(supplier))
    held(opener, card(supplier, rate(bill="50", pay="0", markup="0"), valid_from="2026-12-01"))
    assert statuses(opener) == ["effective", "approved"]

    run("rate_cards", opener, date(2026, 12, 1))
    assert statuses(opener) == ["superseded", "effective"]


def test_whoever_loaded_a_card_does_not_approve_it(opener, supplier):
    with opener()() as books:
        make.grant(books, "lin.buyer", "approver")
    loaded(opener, card(supplier))
    run("rate_cards", opener)

    with pytest.raises(NotAllowed, match="took part"):
        make.reply(opener, "rate_card", "lin.buyer")


def test_the_same_file_is_the_same_card(opener, supplier):
    assert loaded(opener, card(supplier)) == loaded(opener, card(supplier))


CONTRADICTIONS = [
    ([rate(bill="41.72")], "rates 1: pay 35.20 with a mark-up of 0.185 comes to 41.71"),
    ([rate(), rate(site="SH", pay="0")], "rates 2: a mark-up needs the pay"),
    ([rate(cap="41.70")], "above the cap of 41.70"),
    ([rate(), rate()], "rates 2: the same rate from the same day again"),
    ([rate(valid_from="2026-09-30")], "before its card"),
    ([rate(bill="-1", pay="0", markup="0")], "not below nothing"),
    ([rate(bill="1e3")], "rates 1: '1e3' is not a plain decimal"),
]


def test_a_card_that_contradicts_itself_is_refused_whole(opener, supplier):
    for rates, sentence in CONTRADICTIONS:
        with pytest.raises((BadRateCard, RateDisagrees), match=sentence):
            loaded(opener, card(supplier, *rates))

    with opener()() as books:
        assert make.rows_of(books, RateLine) == []


MONEY = st.integers(0, 10**9).map(lambda minor: minor * 10_000)


@given(pay=MONEY, markup=st.integers(0, 3 * 10**6))
def test_pay_and_mark_up_make_the_bill_rate_rounded_once_and_half_up(pay: int, markup: int):
    exact = Fraction(pay, 10**6) * (1 + Fraction(markup, 10**6)) * 100

    assert billed_e6(pay, markup, "CNY") == int(exact + Fraction(1, 2)) * 10_000


def entry(role="", site="", bill="50", since=date(2026, 1, 1), category="regular"):
    return RateEntry(role, site, category, "hour", price_e6(bill), 0, 0, 0, since)


def test_the_narrowest_rate_of_the_day_holds():
    rates = Rates(
        (
            entry(bill="50"),
            entry(site="SH", bill="55"),
            entry(role="2.3", bill="60"),
            entry(role="2.3", bill="61", since=date(2026, 11, 1)),
            entry(role="2.3", site="SH", bill="66"),
            entry(role="9", bill="99", category="overtime"),
        )
    )

    def bill(day, role, site):
        return {term: found.bill_e6 // 10**6 for term, found in rates.on(day, role, site).items()}

    assert bill(date(2026, 10, 31), "2.3", "KS") == {"regular_hours": 60}
    assert bill(date(2026, 11, 1), "2.3", "KS") == {"regular_hours": 61}
    assert bill(date(2026, 11, 1), "2.3", "SH") == {"regular_hours": 66}
    assert bill(date(2026, 11, 1), "1", "SH") == {"regular_hours": 55}
    assert bill(date(2026, 11, 1), "9", "KS") == {"regular_hours": 50, "overtime_hours": 99}
    assert bill(date(2025, 12, 31), "2.3", "SH") == {}


def wanted(price, pay="0"):
    line = LineWanted("regular_hours", "time", "Sorting", price_e6(price), price_e6(pay))
    return Wanted("work_order", "Sorting", NOVEMBER, date(2027, 2, 1), 5_000_000, [line])


def test_an_order_above_the_cap_is_refused_when_placed_and_when_re_rated(
    opener, contract, supplier
):
    held(opener, card(supplier, rate(cap="45.00")))

    with opener(actor="lin.buyer")() as books:
        with pytest.raises(AboveCap, match=r"line 1 \(regular_hours\): 45\.01 is above the cap"):
            place_order(books, contract, wanted("45.01"))
        order = place_order(books, contract, wanted("45.00"))
        make.reach(books, order, "active")
    with opener(actor="lin.buyer")() as books:
        dearer = LineWanted("regular_hours", "time", "Sorting", price_e6("46.00"), number=1)
        change = Change("re_rate", NOVEMBER, "dearer", lines=[dearer])
        with pytest.raises(AboveCap):
            propose_revision(books, make.only(books, WorkOrder), change)


@pytest.mark.parametrize(
    ("rates", "sentence"),
    [
        (("41.00", "35.00"), r"pay 35\.00 with the card's mark-up of 0\.185 comes to 41\.48"),
        (("41.00", "41.01"), r"the worker's pay of 41\.01 is above the bill rate"),
    ],
)
def test_pay_and_bill_of_an_order_are_of_the_cards_mark_up(
    opener, contract, supplier, rates, sentence
):
    held(opener, card(supplier))

    with opener(actor="lin.buyer")() as books:
        with pytest.raises(RateDisagrees, match=sentence):
            place_order(books, contract, wanted(*rates))
        assert place_order(books, contract, wanted("41.48", "35.00"))
