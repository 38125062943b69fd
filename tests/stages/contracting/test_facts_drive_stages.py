"""What a contract's facts say is what the stages do: change the fact, and they do otherwise."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from tests import make
from tests.make.work import TERM, agreed
from tests.stages.acceptance.sheets import agreed as agreed_contract
from tests.stages.acceptance.sheets import line, sheet
from tests.stages.settlement.month import claim, company, staffing
from vendorops.documents import facts_json
from vendorops.domain.contract_facts import (
    Acceptance,
    ContractFacts,
    Overtime,
    PaymentTerm,
    PriceTolerance,
    Rate,
    Tier,
)
from vendorops.stages import stage, sweep
from vendorops.stages.acceptance import submit
from vendorops.stages.reconciliation.terms import rules
from vendorops.tables import Decision, ServiceSheet, Settlement, WorkItem

COLUMNS = {
    "currency": "CNY",
    "starts_on": make.STARTS_ON,
    "ends_on": make.ENDS_ON,
    "cap_minor": 100_000_000,
    "place": "cn",
    "program": "staffing",
}


def facts(**changed: Any) -> str:
    """The facts makers give a contract, some of them changed."""
    usual: ContractFacts = agreed((TERM,), COLUMNS)
    return facts_json(replace(usual, **changed))


@pytest.mark.parametrize(
    ("days", "due"), [(3, date(2026, 11, 9)), (5, date(2026, 11, 11)), (8, date(2026, 11, 16))]
)
def test_review_days_say_until_when_acceptance_is_due(opener, days, due):
    with opener()() as books:
        contract = agreed_contract(books, facts=facts(acceptance=Acceptance(days)))
        ident = submit(books, sheet(contract)).id
        stage("acceptance").advance(books, ident)

        assert make.only(books, Decision).due_on == due


@pytest.mark.parametrize(("deemed", "status"), [(0, "submitted"), (5, "accepted")])
def test_silence_accepts_only_where_the_contract_says_so(opener, deemed, status):
    with opener()() as books:
        contract = agreed_contract(books, facts=facts(acceptance=Acceptance(5, deemed)))
        submit(books, sheet(contract))
    for day in (date(2026, 11, 4), date(2026, 11, 11), date(2026, 11, 12)):
        with opener()() as books:
            assert make.only(books, ServiceSheet).status == "submitted"
        sweep("acceptance", opener(as_of=day))

    with opener()() as books:
        assert make.only(books, ServiceSheet).status == status
        assert make.only(books, Decision).status == ("requested" if deemed == 0 else "void")


@pytest.mark.parametrize(
    ("term", "price"), [("overtime_hours", 79_050_000), ("double_hours", 102_300_000)]
)
def test_overtime_costs_the_multiple_that_the_contract_states(opener, term, price):
    with opener()() as books:
        multiples = Overtime(1_700_000, 2_200_000, 3_100_000)
        contract = agreed_contract(books, facts=facts(overtime=multiples))

        submit(books, sheet(contract, line(term=term, quantity="2")))

        assert make.only(books, WorkItem).price_e6 == price


@pytest.mark.parametrize(("hours", "price"), [("39", 46_500_000), ("40", 44_000_000)])
def test_a_tier_prices_the_whole_sheet_once_it_is_reached(opener, hours, price):
    rate = Rate("regular_hours", 46_500_000, "h", make.STARTS_ON, "", (Tier(400_000, 44_000_000),))
    with opener()() as books:
        contract = agreed_contract(books, facts=facts(rates=(rate,)))

        submit(books, sheet(contract, line(quantity=hours)))

        assert make.only(books, WorkItem).price_e6 == price


def test_the_contracts_own_tolerance_goes_before_the_companys(opener):
    with opener()() as books:
        plain = make.contract(books)
        make.tolerance(books, supplier_id=plain.supplier_id, share_e6=5_000, amount_minor=20_00)
        assert '"share_e6":5000' in rules(books, [plain])

        own = facts(tolerance=PriceTolerance(9_000, 33_33))
        stating = make.contract(books, facts=own)

        assert '"amount_minor":3333' in rules(books, [stating])
        assert '"share_e6":9000' in rules(books, [stating])


@pytest.mark.parametrize(
    ("days", "due"), [(0, date(2026, 11, 4)), (30, date(2026, 12, 4)), (45, date(2026, 12, 19))]
)
def test_payment_days_say_when_a_settlement_is_due(opener, days, due):
    with opener()() as books:
        company(books)
        contract = staffing(books, facts=facts(payment=PaymentTerm(days)))
        claim(books, contract, ("40", "46.50"))
    sweep("settlement", opener(actor="system:settlement"))

    with opener()() as books:
        assert books.session.exec(select(Settlement)).one().due_on == due
