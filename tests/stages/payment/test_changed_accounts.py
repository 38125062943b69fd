"""Money waits while an account is changed, and the first payment to a new one goes by hand."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import col, select

from tests import make
from tests.stages.settlement.month import claim, company, rows, run, settled, staffing
from vendorops.books import waiting
from vendorops.books.questions import NotAllowed
from vendorops.paying.accounts import first_payments
from vendorops.paying.accounts.proposing import Given, propose, revoke_changes
from vendorops.tables import BankAccount, Decision, Effect, Payment, PaymentBatch, Supplier

LATER = date(2026, 11, 5)


@pytest.fixture
def owed(opener):
    """Two suppliers to be paid, the first to an old account of its own."""
    with opener()() as books:
        company(books)
        claim(books, staffing(books), ("40", "46.50"))
        claim(books, staffing(books), ("10", "46.50"))
    settled(opener)


def first_party(books):
    supplier = books.session.exec(select(Supplier).order_by(col(Supplier.id))).first()
    return make.only(books, type(make.party(books)), id=supplier.party_id)


def change(opener, as_of=make.AS_OF) -> None:
    given = Given("cn_account", "4000021309200456789", "102584002119", "恒信", "CNY")
    with opener(actor="lin.buyer", as_of=as_of)() as books:
        propose(books, first_party(books), given, "lin.buyer")


@pytest.mark.usefixtures("owed")
def test_a_supplier_that_changes_its_account_is_left_out_and_the_others_are_planned(opener):
    change(opener)

    outcome = run("payment", opener)

    [(_, reason)] = outcome.refused
    assert reason.startswith("SET-2026-000001 waits: E_BANK_PAUSED: its account is being changed")
    with opener()() as books:
        assert [row.amount_minor for row in rows(books, Payment)] == [49_290]


@pytest.mark.usefixtures("owed")
def test_an_approved_batch_is_held_by_a_change_and_the_others_are_paid_on_the_next_day(opener):
    run("payment", opener)
    run("release", opener)
    make.reply(opener, "payment_approval", "wang.approver")
    run("release", opener)
    make.reply(opener, "payment_release", "sun.releaser")
    change(opener)

    held = [run("release", opener) for _ in range(2)][1]
    make.reply(opener, "payment_hold", "zhao.finance")
    run("release", opener)
    run("payment", opener, as_of=LATER)

    assert "SUP-2026-000001: E_BANK_PAUSED" in held.refused[0][1]
    with opener()() as books:
        assert rows(books, Effect) == []
        planned = [row.amount_minor for row in rows(books, Payment) if row.status == "planned"]
        assert planned == [49_290]


@pytest.mark.usefixtures("owed")
def test_money_goes_to_the_old_account_again_once_a_change_is_revoked(opener):
    change(opener)
    run("payment", opener)
    with opener()() as books:
        revoke_changes(books, first_party(books), because="it was not the supplier")

    run("payment", opener)

    with opener()() as books:
        assert sorted(row.amount_minor for row in rows(books, Payment)) == [49_290, 197_160]


@pytest.fixture
def untried(opener, monkeypatch):
    """The first supplier's account was never paid; how it was proved is another test's matter."""
    monkeypatch.setattr(first_payments, "unapproved", lambda *_: "")
    monkeypatch.setattr(first_payments, "still_cooling", lambda *_: "")
    with opener()() as books:
        company(books)
        contract = staffing(books)
        claim(books, contract, ("40", "46.50"))
        claim(books, contract, ("2", "46.50"))
        claim(books, staffing(books), ("10", "46.50"))
        account(books).first_paid_on = None
    settled(opener)


def account(books) -> BankAccount:
    party = first_party(books)
    return make.only(books, BankAccount, party_id=party.id)


def approved(opener) -> None:
    run("payment", opener)
    run("release", opener)
    make.reply(opener, "payment_approval", "chen.approver")
    run("release", opener)


@pytest.mark.usefixtures("untried")
def test_the_first_payment_to_an_account_gets_a_batch_and_a_question_of_its_own(opener):
    approved(opener)
    make.reply(opener, "payment_release", "sun.releaser")
    run("release", opener)

    with opener()() as books:
        found = {row.reference: (row.count, row.status) for row in rows(books, PaymentBatch)}
        assert found == {"BAT-2026-000001": (1, "approved"), "BAT-2026-000002": (1, "released")}
        [question] = [row for row in waiting(books) if row.kind == "first_payment"]
        assert question.question.startswith("FIRST payment to ACC-2026-000002 ••••5678")

    make.reply(opener, "first_payment", "sun.releaser")
    run("release", opener)

    with opener()() as books:
        assert {row.status for row in rows(books, PaymentBatch)} == {"released"}
        assert account(books).first_paid_on == LATER


@pytest.mark.usefixtures("untried")
@pytest.mark.parametrize("who", ["zhao.finance", "wang.approver", "he.hengxin", "chen.approver"])
def test_who_had_a_part_in_the_account_or_the_batch_does_not_let_the_first_payment_go(opener, who):
    with opener()() as books:
        if who not in make.ROLES:
            make.person(books, who)
        make.grant(books, who, "releaser")
    approved(opener)

    with pytest.raises(NotAllowed, match="took part"):
        make.reply(opener, "first_payment", who)
    with pytest.raises(NotAllowed, match="took part"):
        make.reply(opener, "payment_release", who)


@pytest.mark.usefixtures("untried")
def test_a_first_payment_that_is_not_let_go_is_cancelled(opener):
    approved(opener)
    make.reply(opener, "first_payment", "sun.releaser", "reject")
    run("release", opener)

    with opener()() as books:
        first = make.only(books, PaymentBatch, reference="BAT-2026-000001")
        assert first.status == "cancelled"


@pytest.mark.usefixtures("untried")
def test_a_first_payment_above_the_cap_takes_an_approver_as_well(opener, monkeypatch):
    monkeypatch.setattr(first_payments, "above_cap", lambda *_: True)
    monkeypatch.setattr("vendorops.stages.release.by_hand.above_cap", lambda *_: True)
    with opener()() as books:
        make.person(books, "gu.approver")
        make.grant(books, "gu.approver", "approver")
    approved(opener)
    make.reply(opener, "payment_release", "sun.releaser")
    make.reply(opener, "first_payment", "sun.releaser")
    run("release", opener)
    with opener()() as books:
        assert make.only(books, PaymentBatch, reference="BAT-2026-000001").status == "approved"
        [large] = [row for row in rows(books, Decision) if row.kind == "first_payment_above_cap"]
        assert "above the cap of 500000.00 CNY (House rule" in large.question

    make.reply(opener, "first_payment_above_cap", "gu.approver")
    run("release", opener)

    with opener()() as books:
        assert make.only(books, PaymentBatch, reference="BAT-2026-000001").status == "released"


@pytest.mark.parametrize(
    ("minor", "currency", "above"),
    [
        (50_000_000, "CNY", False),
        (50_000_001, "CNY", True),
        (5_000_000, "EUR", False),
        (1, "JPY", True),
    ],
)
def test_a_first_payment_is_above_the_cap_of_its_currency_or_not(opener, minor, currency, above):
    with opener()() as books:
        batch = make.payment_batch(books, control_sum_minor=minor, currency=currency)
        paid_to = make.only(books, BankAccount, id=batch.debtor_account_id)

        assert first_payments.above_cap(paid_to, batch) is above


@pytest.mark.usefixtures("owed")
def test_an_account_that_was_never_proved_is_not_paid_even_where_everybody_agrees(opener):
    with opener()() as books:
        account(books).first_paid_on = None
        account(books).approved_on = make.AS_OF - timedelta(days=30)
        account(books).approved_at = datetime.combine(date(2026, 10, 1), time(9), UTC)
    approved(opener)

    held = run("release", opener)

    assert any("E_BANK_NOT_VERIFIED: nobody's answer" in reason for _, reason in held.refused)
