"""The discount for prompt payment is taken where the money can go in time, and else goes back."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from tests import make
from tests.stages.settlement.month import claim, company, paid, rows, run, sealed, settled
from vendorops.documents import facts_json
from vendorops.domain.contract_facts import PaymentTerm
from vendorops.domain.money import Money
from vendorops.tables import CreditMemo, PaymentBatch, Settlement, SettlementCredit
from vendorops.tracing import broken as unsound
from vendorops.tracing import explain
from vendorops.working.crediting import Credit, raise_credit

PROMPT = PaymentTerm(days=30, prompt_days=10, prompt_discount_e6=20_000)
LAST = date(2026, 11, 13)
"""A Friday; claims come on 4 November, and 14 November is the tenth day."""


def agreed(books, place="cn", prompt=PROMPT):
    company(books)
    supplier = make.supplier(books)
    make.bank_account(books, make.parties.party_of(books, supplier))
    columns = {
        "program": "staffing",
        "place": place,
        "currency": "CNY",
        "starts_on": make.STARTS_ON,
        "ends_on": make.ENDS_ON,
        "cap_minor": 100_000_000,
    }
    facts = replace(make.work.agreed([make.work.TERM], columns), payment=prompt)
    return make.contract(books, supplier, place=place, facts=facts_json(facts))


def figures(opener):
    with opener()() as books:
        return [
            (row.net_minor, row.tax_minor, row.due_on, row.status)
            for row in rows(books, Settlement)
        ]


def memos(opener):
    with opener()() as books:
        return [
            (row.kind, row.net_minor, row.tax_minor, row.status) for row in rows(books, CreditMemo)
        ]


@pytest.mark.parametrize(("place", "tax"), [("cn", 11_160), ("xa", 11_160 - 223)])
def test_a_discount_lowers_the_tax_where_the_law_of_the_place_says_so(opener, place, tax):
    with opener()() as books:
        claim(books, agreed(books, place), ("40", "46.50"))

    settled(opener)

    discount = 3_720  # 2 % of 1860.00.
    due = date(2026, 11, 14)
    assert figures(opener) == [(186_000 - discount, tax, due, "sealed")]
    assert memos(opener) == [("prompt_payment", discount, 11_160 - tax, "exhausted")]
    with opener()() as books:
        told = make.only(books, CreditMemo)
        assert ("unconfirmed" in told.sentence) == (place == "cn")
        assert not unsound(explain(books, told.reference))
        assert not unsound(explain(books, make.only(books, Settlement).reference))


def test_the_money_of_a_discount_goes_on_the_last_banking_day_that_earns_it(opener):
    with opener()() as books:
        claim(books, agreed(books), ("40", "46.50"))
    settled(opener)

    paid(opener)

    with opener()() as books:
        assert make.only(books, PaymentBatch).execution_day == LAST
        assert [row.kind for row in rows(books, CreditMemo)] == ["prompt_payment"]


def test_no_discount_is_taken_where_no_banking_day_is_left_for_it(opener):
    with opener()() as books:
        claim(books, agreed(books), ("40", "46.50"))

    settled(opener, as_of=LAST)

    assert figures(opener) == [(186_000, 11_160, date(2026, 12, 4), "sealed")]
    assert memos(opener) == []


def test_a_settlement_that_is_approved_too_late_is_calculated_anew_without_it(opener):
    with opener()() as books:
        claim(books, agreed(books), ("40", "46.50"))
    run("settlement", opener)
    late = date(2026, 11, 16)

    for _ in range(2):
        run("settlement", opener, as_of=late)
    make.reply(opener, "settlement", "wang.approver", as_of=late)
    run("settlement", opener, as_of=late)

    assert [(row[0], row[3]) for row in figures(opener)] == [
        (182_280, "rejected"),
        (186_000, "sealed"),
    ]
    assert memos(opener) == [("prompt_payment", 3_720, 0, "cancelled")]


def test_a_rejected_settlement_is_not_asked_for_again_with_the_same_discount(opener):
    with opener()() as books:
        claim(books, agreed(books), ("40", "46.50"))
    run("settlement", opener)
    make.reply(opener, "settlement", "wang.approver", "reject")

    outcome = run("settlement", opener)

    assert "was rejected and nothing has changed since" in outcome.refused[0][1]
    assert [row[3] for row in figures(opener)] == ["rejected"]


def test_what_was_deducted_goes_back_with_the_next_settlement_where_the_money_goes_too_late(
    opener,
):
    with opener()() as books:
        contract = agreed(books, "xa")
        claim(books, contract, ("40", "46.50"))
        make.person(books, "gao.buyer")
        make.grant(books, "gao.buyer", "buyer")
    settled(opener)
    late = date(2026, 11, 16)
    paid(opener, as_of=late)
    assert memos(opener)[1] == ("prompt_payment_returned", 3_720, 223, "draft")
    run("crediting", opener, as_of=late)
    make.reply(opener, "credit_memo", "gao.buyer", as_of=late)
    run("crediting", opener, as_of=late)

    with opener(as_of=late)() as books:
        of = books.get(type(contract), contract.id)
        claim(books, of, ("10", "46.50"))
    settled(opener, as_of=date(2026, 11, 18))

    assert figures(opener)[1][:2] == (46_500 + 3_720, 2_790 + 223)
    assert memos(opener)[1][3] == "exhausted"
    with opener()() as books:
        parts = books.session.exec(select(SettlementCredit.net_minor)).all()
        assert sorted(parts) == [-3_720, 3_720]


def test_a_discount_that_other_credits_leave_no_room_for_is_not_taken_nor_carried(opener):
    with opener()() as books:
        contract = agreed(books)
        invoice = claim(books, contract, ("40", "46.50"))
        told = Credit("guarantee", "2026-10", contract, Money(184_000, "CNY"), "left", {}, "lin")
        make.reach(books, raise_credit(books, contract, told), "issued")
        assert invoice.net_minor == 186_000
    settled(opener)

    with opener()() as books:
        claim(books, books.get(type(contract), contract.id), ("10", "46.50"))
    settled(opener)

    assert [row[0] for row in figures(opener)] == [2_000, 46_500 - 930]
    assert [(kind, net, state) for kind, net, _, state in memos(opener)] == [
        ("guarantee", 184_000, "exhausted"),
        ("prompt_payment", 3_720, "cancelled"),
        ("prompt_payment", 930, "exhausted"),
    ]


def test_a_claim_at_several_rates_earns_none_where_the_discount_would_lower_its_tax(opener):
    with opener()() as books:
        contract = agreed(books, "xa")
        sheet = make.service_sheet(books, contract, [make.done(), make.done()])
        works = make.items_of(books, sheet)
        lines = [
            make.claimed(work, tax_rate_e4=rate)
            for work, rate in zip(works, (600, 300), strict=True)
        ]
        invoice = make.invoice(books, contract, lines, status="accepted")
        explained = sealed(books, contract, invoice.month)
        for line, work in zip(make.lines_of(books, invoice), works, strict=True):
            make.allocation(books, explained, line, work)
            work.claimed_e4 = line.quantity_e4

    settled(opener)

    assert memos(opener) == []
    assert figures(opener)[0][0] == 372_000
