"""Payments of a run are let go at once, to the same books as one by one."""

import pytest
from sqlmodel import select

from tests import make
from tests.stages.settlement.month import run
from tests.stages.settlement_runs.people import (
    MONTHS,
    copied,
    facts,
    opening,
    platform,
    worker,
)
from vendorops.books import Answer, answer, posting
from vendorops.books.questions import NotAllowed
from vendorops.domain.lifecycle import BankAccountStatus
from vendorops.stages.release import together
from vendorops.stages.settlement_runs import grouping
from vendorops.tables import BankAccount, Decision, Invoice, Payment, PaymentBatch

FIRST = next(iter(MONTHS))
DAY = MONTHS[FIRST]


@pytest.fixture(autouse=True)
def few_are_enough(monkeypatch):
    monkeypatch.setattr(grouping, "LEAST", 2)


def planned(opener):
    """Three people, settled by a run whose payments are planned."""
    with opener()() as books:
        platform(books)
        for number, amount in enumerate(("15000", "6300", "100")):
            worker(books, number, (amount,))
    run("settlement_runs", opener, as_of=DAY, month=FIRST)
    make.reply(opener, "settlement", "wang.approver", as_of=DAY)
    run("settlement_runs", opener, as_of=DAY, month=FIRST)


def released(opener):
    for kind, who in (("payment_approval", "wang.approver"), ("payment_release", "sun.releaser")):
        run("release", opener, as_of=DAY)
        make.reply(opener, kind, who, as_of=DAY)
    return run("release", opener, as_of=DAY)


def states(opener):
    with opener()() as books:
        return [
            {row.status for row in books.session.exec(select(table))}
            for table in (PaymentBatch, Payment, Invoice)
        ]


def test_a_run_is_released_at_once_to_the_transfers_of_one_by_one(
    settings, opener, tmp_path, monkeypatch
):
    planned(opener)
    other = opening(copied(settings, tmp_path / "other"))
    sent = []
    plain = posting.post_columns

    def counted(*given):
        sent.append(given)
        plain(*given)

    monkeypatch.setattr(together, "post_columns", counted)

    released(opener)
    monkeypatch.setattr(together, "run_of", lambda *_: None)
    released(other)

    assert len(sent) == 1
    assert facts(opener) == facts(other)
    assert states(opener) == states(other) == [{"released"}, {"sent"}, {"paid"}]


def test_one_account_that_is_no_longer_in_use_holds_the_file_and_is_named(opener):
    planned(opener)
    with opener(as_of=DAY)() as books:
        first = books.session.exec(select(Payment)).first()
        account = books.get(BankAccount, first.bank_account_id)
        books.move(account, BankAccountStatus.REVOKED, because="it was given up")
        reference = account.reference

    run("release", opener, as_of=DAY)
    make.reply(opener, "payment_approval", "wang.approver", as_of=DAY)
    outcome = run("release", opener, as_of=DAY)

    assert reference in outcome.refused[0][1]
    assert states(opener)[1] == {"approved"}


def test_who_approved_a_run_does_not_let_its_money_go(opener):
    planned(opener)
    run("release", opener, as_of=DAY)
    make.reply(opener, "payment_approval", "chen.approver", as_of=DAY)
    run("release", opener, as_of=DAY)
    with opener(as_of=DAY)() as books:
        make.grant(books, "wang.approver", "releaser")
        asked = make.only(books, Decision, kind="payment_release").reference

    with opener(as_of=DAY, actor="wang.approver")() as books, pytest.raises(NotAllowed):
        answer(books, Answer(asked, "approve", "it is right"))
