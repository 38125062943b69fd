"""Who bears what was settled, and how far budgets are used, against sums made by hand."""

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from tests.stages.settlement.month import claim, company, settled, staffing
from tests.working.costed import FIRST, centres, costed, sealed_of, shared
from vendorops.domain.costing import NOBODY, NotTheWhole
from vendorops.domain.periods import Period
from vendorops.tables import (
    Contract,
    CreditMemo,
    OrderLine,
    Reconciliation,
    SettlementCredit,
)
from vendorops.working.cost_centres import NotSplittable
from vendorops.working.costs import costs_of_month

OCTOBER = Period.month("2026-10")
SIXTEENTH = date(2026, 10, 16)
THIRDS = {"A": 333_333, "B": 333_333, "C": 333_334}


@pytest.fixture
def contract(opener):
    """A contract, our company, and three cost centres."""
    with opener()() as books:
        return costed(books)


def borne(books):
    found: Counter[str] = Counter()
    for cost in costs_of_month(books, OCTOBER):
        found[cost.centre] += cost.net.minor
    return dict(found)


def test_a_settlement_is_borne_by_the_shares_of_its_contract(opener, contract):
    with opener()() as books:
        shared(books, contract, THIRDS)
        claim(books, contract, ("40", "46.50"))
    settled(opener)

    with opener()() as books:
        assert borne(books) == {"A": 62_000, "B": 62_000, "C": 62_000}


def test_what_nobody_was_told_to_bear_is_told_apart(opener, contract):
    with opener()() as books:
        claim(books, contract, ("40", "46.50"))
    settled(opener)

    with opener()() as books:
        assert borne(books) == {NOBODY: 186_000}


def test_shares_hold_from_their_day_on_by_the_day_of_the_work(opener, contract):
    with opener()() as books:
        shared(books, contract, {"A": 10**6})
        shared(books, contract, {"B": 10**6}, SIXTEENTH)
        days = (date(2026, 10, 15), SIXTEENTH)
        sheet = make.service_sheet(
            books, contract, [make.done("10", performed_on=day, claimed="10") for day in days]
        )
        sealed_of(books, contract, make.items_of(books, sheet))

        assert borne(books) == {"A": 46_500, "B": 46_500}


def test_an_orders_own_shares_stand_in_the_place_of_its_contracts(opener, contract):
    with opener()() as books:
        shared(books, contract, {"A": 10**6})
        order = make.work_order(books, contract, "46.50")
        shared(books, order, {"B": 10**6})
        line = make.only(books, OrderLine, work_order_id=order.id)
        work = [
            make.done("10", claimed="10"),
            make.done("10", claimed="10", order_line_id=line.id),
        ]
        sheet = make.service_sheet(books, contract, work)
        sealed_of(books, contract, make.items_of(books, sheet))

        assert borne(books) == {"A": 46_500, "B": 46_500}
        assert {cost.order_id for cost in costs_of_month(books, OCTOBER)} == {None, order.id}


def test_what_was_credited_is_taken_off_those_who_bear_the_contract(opener, contract):
    with opener()() as books:
        shared(books, contract, {"A": 500_000, "B": 500_000})
        sheet = make.service_sheet(books, contract, [make.done("10", claimed="10")])
        settlement = sealed_of(books, contract, make.items_of(books, sheet))
        make.put(
            books,
            SettlementCredit,
            {
                "settlement_id": settlement.id,
                "credit_memo_id": memo(books, contract).id,
                "net_minor": 101,
                "tax_minor": 0,
            },
            {},
        )

        # 465.00 in halves, less 1.01 in halves of which the first takes the odd cent.
        assert borne(books) == {"A": 23_250 - 51, "B": 23_250 - 50}
        books.session.rollback()


def memo(books, contract):
    usual = {
        "reference": books.reference("CRM"),
        "contract_id": contract.id,
        "kind": "guarantee",
        "month": "2026-10",
        "source_table": "contract",
        "source_id": contract.id,
        "source_reference": contract.reference,
        "sentence": "x",
        "basis": "{}",
        "currency": "CNY",
        "net_minor": 101,
        "tax_category": "O",
        "tax_rate_e4": 0,
        "tax_minor": 0,
        "raised_by": "lin.buyer",
        "raised_on": make.AS_OF,
    }
    return make.put(books, CreditMemo, usual, {})


REFUSED = {
    "come to 99.9999 %": ({"A": 999_999}, FIRST),
    "is shared from 2026-10-01 on": ({"Z": 10**6}, FIRST),
    "share CON-2026-000001 anew": ({"B": 10**6}, SIXTEENTH),
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_shares_that_are_not_whole_or_change_the_past_are_refused(opener, contract, sentence):
    shares, since = REFUSED[sentence]
    with opener()() as books:
        shared(books, contract, THIRDS)
        claim(books, contract, ("40", "46.50"))
    settled(opener)

    with opener()() as books, pytest.raises((NotSplittable, NotTheWhole), match=sentence):
        shared(books, books.get(Contract, contract.id), shares, since)


def test_only_an_open_cost_centre_bears_anything(opener, contract):
    with opener()() as books, pytest.raises(NotSplittable, match="no cost centre 'Z' is open"):
        shared(books, contract, {"Z": 10**6})


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    quantities=st.lists(st.integers(1, 9_999_999), min_size=1, max_size=5),
    cut=st.integers(1, 10**6 - 1),
)
def test_whatever_is_settled_is_laid_to_the_cent_as_fractions_have_it(opener, quantities, cut):
    with opener()() as books:
        company(books)
        contract = staffing(books, cap_minor=10**12)
        centres(books, contract)
        shared(books, contract, {"A": cut, "B": 10**6 - cut})
        lines = [(f"{number // 10**4}.{number % 10**4:04d}", "46.50") for number in quantities]
        invoice = claim(books, contract, *lines)
        explained = make.only(books, Reconciliation)
        settlement = make.settlement(
            books, contract, explained, net_minor=invoice.net_minor, tax_minor=0, status="sealed"
        )
        for line in make.lines_of(books, invoice):
            make.settlement_line(books, settlement, line)

        found = borne(books)

        # Each line rounds once, half up; then each share of it strays by less than a cent.
        nets = [int(Fraction(number * 4650, 10**4) + Fraction(1, 2)) for number in quantities]
        assert sum(found.values()) == settlement.net_minor == sum(nets)
        exact = Fraction(sum(nets) * cut, 10**6)
        assert abs(found.get("A", 0) - exact) < len(nets)
        books.session.rollback()
