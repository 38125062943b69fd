"""Suppliers are paid from what the bank confirmed that clients paid in, and from nothing else."""

from datetime import date

import pytest

from tests import make
from tests.stages.bank_statements.parting import back, said
from tests.stages.bank_statements.told import (
    NEXT,
    UNPROVED,
    Booked,
    answer,
    our_company,
    statement,
    take,
    unsound,
)
from tests.stages.settlement.month import claim, paid, rows, run, settled, staffing
from vendorops.books import waiting
from vendorops.books.ledger import FloorBroken
from vendorops.domain.money import Money
from vendorops.paying.funding import NotFunding, confirm, funds
from vendorops.stages.onboarding.fundings import BadFunding, FundingForm, load_funding
from vendorops.tables import BankEntry, LegalEntity, Payment, PaymentBatch, Refusal
from vendorops.tracing import explain

pytestmark = pytest.mark.breaks(UNPROVED)
ONE = "PAY-2026-000001"
FORTY = "1971.60"


def policy(payouts="confirmed", since="2026-01-01"):
    return FundingForm(payouts=payouts, valid_from=since, cite="Treasury policy 2")


@pytest.fixture
def company(opener):
    """Our company, which pays only from confirmed funds; one supplier is settled."""
    with opener()() as books:
        our_company(books)
        load_funding(books, make.only(books, LegalEntity), policy())
        claim(books, staffing(books), ("40", "46.50"))
    settled(opener)


def pays_in(opener, amount, ident="STM-0", opening="0.00", direction="CRDT"):
    """Let the bank tell of money of a client, and finance confirm it."""
    told = statement(
        Booked(amount, direction=direction), ident=ident, opening=opening, day=make.AS_OF
    )
    take(opener, told, f"{ident}.xml", as_of=make.AS_OF)
    with opener(actor="zhao.finance")() as books:
        confirm(books, rows(books, BankEntry)[-1], "the client's share of October")


def confirmed(opener):
    with opener(as_of=NEXT)() as books:
        return funds(books, make.only(books, LegalEntity), "CNY").confirmed.minor


def states(opener):
    with opener(as_of=NEXT)() as books:
        assert unsound(books) == []
        return [row.status for row in rows(books, Payment)]


def approved(opener):
    run("payment", opener)
    run("release", opener)
    make.reply(opener, "payment_approval", "wang.approver")
    return run("release", opener)


@pytest.mark.usefixtures("company")
def test_a_batch_above_confirmed_funds_is_refused_with_the_missing_amount(opener):
    pays_in(opener, "1000.00")

    outcome = approved(opener)

    ((_, why),) = outcome.refused
    assert "E_FUNDS: it pays 1971.60 CNY and the confirmed funds of XH are 1000.00 CNY" in why
    assert "971.60 CNY are missing" in why
    assert states(opener) == ["approved"]
    with opener()() as books:
        assert explain(books, "funding/FND-2026-000001").amount == Money(100_000, "CNY")


@pytest.mark.usefixtures("company")
def test_once_a_client_has_paid_in_enough_the_same_batch_goes(opener):
    pays_in(opener, "1000.00")
    approved(opener)
    pays_in(opener, "971.60", "STM-1", "1000.00")

    run("release", opener)
    make.reply(opener, "payment_release", "sun.releaser")
    run("release", opener)

    assert states(opener) == ["sent"]
    assert confirmed(opener) == 0
    with opener()() as books:
        assert [row.resolved_on for row in rows(books, Refusal)] == [make.AS_OF]


@pytest.mark.usefixtures("company")
def test_money_that_never_went_or_came_back_is_funds_again(opener):
    pays_in(opener, "2000.00")
    paid(opener)
    left = confirmed(opener)

    take(opener, answer("BAT-2026-000001", (ONE, "RJCT", "AC04")), "answer.xml")

    assert left == 200_000 - 197_160
    assert states(opener) == ["rejected"]
    assert confirmed(opener) == 200_000


@pytest.mark.usefixtures("company")
def test_what_came_back_in_part_is_funds_again_until_it_is_paid_anew(opener):
    pays_in(opener, "2000.00")
    paid(opener)
    take(opener, statement(Booked(FORTY, [ONE]), opening="2000.00"))
    take(opener, back("300.00", opening="28.40"), "back.xml")
    before = confirmed(opener)

    said(opener, part="300.00")
    between = confirmed(opener)
    paid(opener, as_of=NEXT)

    left = 200_000 - 197_160
    assert (before, between, confirmed(opener)) == (left, left + 30_000, left)
    assert states(opener) == ["settled", "sent"]


def test_funds_spent_before_they_were_confirmed_are_less_what_came_back_in_part(opener):
    with opener()() as books:
        our_company(books)
        claim(books, staffing(books), ("40", "46.50"))
    settled(opener)
    pays_in(opener, "2000.00")
    paid(opener)
    take(opener, statement(Booked(FORTY, [ONE]), opening="2000.00"))
    take(opener, back("300.00", opening="28.40"), "back.xml")
    said(opener, part="300.00")
    with opener(as_of=NEXT)() as books:
        load_funding(books, make.only(books, LegalEntity), policy(since="2026-11-06"))

    assert confirmed(opener) == 200_000 - 197_160 + 30_000
    assert states(opener) == ["settled"]


@pytest.mark.usefixtures("company")
def test_two_batches_approved_against_the_same_funds_do_not_both_go(opener):
    pays_in(opener, "2000.00")
    approved(opener)
    with opener()() as books:
        claim(books, staffing(books, "6222020200012345999"), ("40", "46.50"))
    settled(opener)
    approved(opener)
    make.reply(opener, "payment_release", "sun.releaser")

    outcome = run("release", opener)

    assert sorted(states(opener)) == ["approved", "sent"]
    assert "1943.20 CNY are missing" in " ".join(why for _, why in outcome.refused)
    assert confirmed(opener) == 200_000 - 197_160


@pytest.mark.usefixtures("company")
def test_what_a_client_gets_back_is_taken_off_and_never_more_than_there_is(opener):
    pays_in(opener, "300.00")
    pays_in(opener, "100.00", "STM-1", "300.00", "DBIT")
    after = confirmed(opener)

    with pytest.raises(FloorBroken):
        pays_in(opener, "200.01", "STM-2", "200.00", "DBIT")

    assert after == 20_000
    assert confirmed(opener) == 20_000


@pytest.mark.usefixtures("company")
def test_a_line_funds_once_and_finance_is_not_asked_about_it_any_more(opener):
    pays_in(opener, "300.00")
    with opener(actor="zhao.finance")() as books:
        assert [row for row in waiting(books) if row.kind == "bank_entry"] == []
        line = make.only(books, BankEntry)
        with pytest.raises(NotFunding, match="no line funds twice"):
            confirm(books, line, "once more")

    assert states(opener) == []


@pytest.mark.usefixtures("company")
def test_our_own_payments_are_no_funds_and_only_finance_confirms(opener):
    pays_in(opener, "2000.00")
    paid(opener)
    take(opener, statement(Booked(FORTY, [ONE]), opening="2000.00"))
    with opener(actor="zhao.finance", as_of=NEXT)() as books:
        ours = rows(books, BankEntry)[-1]
        with pytest.raises(NotFunding, match="a payment of ours"):
            confirm(books, ours, "it is ours")
    with opener(actor="lin.buyer", as_of=NEXT)() as books:
        line = rows(books, BankEntry)[0]
        with pytest.raises(NotFunding, match="finance may"):
            confirm(books, line, "I say so")


def test_without_a_policy_nobody_looks_at_funds(opener):
    with opener()() as books:
        our_company(books)
        claim(books, staffing(books), ("40", "46.50"))
    settled(opener)

    paid(opener)

    assert states(opener) == ["sent"]
    with opener()() as books:
        there = funds(books, make.only(books, LegalEntity), "CNY")
        assert there.confirmed == Money(0, "CNY")


def test_a_policy_of_funding_is_never_edited_and_holds_from_its_day(opener):
    with opener()() as books:
        our_company(books)
        entity = make.only(books, LegalEntity)
        load_funding(books, entity, policy(since="2026-12-01"))
        load_funding(books, entity, policy(since="2026-12-01"))
        with pytest.raises(BadFunding, match="from a later day"):
            load_funding(books, entity, policy("any", "2026-12-01"))
    with opener(as_of=date(2026, 11, 30))() as books:
        assert rows(books, PaymentBatch) == []
