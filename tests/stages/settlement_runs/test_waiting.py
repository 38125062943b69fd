"""A run that a hold or its day of payment overtook keeps nobody from being settled."""

from datetime import timedelta

import pytest

from tests import make
from tests.soundness import broken
from tests.stages.settlement.month import rows, run
from tests.stages.settlement_runs.people import FIRST, MONTHS, go, hold, three, worker
from vendorops.paying.holding import release_hold
from vendorops.stages.settlement_runs import grouping
from vendorops.stages.settlement_runs.calculation import calculate
from vendorops.tables import (
    Contract,
    InvoiceHold,
    LegalEntity,
    Payment,
    Refusal,
    Settlement,
    SettlementRun,
)


@pytest.fixture(autouse=True)
def few_are_enough(monkeypatch):
    monkeypatch.setattr(grouping, "LEAST", 2)


def test_a_hold_keeps_the_whole_run_waiting_until_it_is_released(opener):
    contracts = three(opener)
    go(opener)
    hold(opener, contracts[0])
    make.reply(opener, "settlement", "wang.approver", as_of=MONTHS[FIRST])

    outcome = go(opener)

    assert "waits: INV-" in outcome.refused[0][1]
    with opener()() as books:
        assert rows(books, SettlementRun)[0].status == "calculated"
    with opener(as_of=MONTHS[FIRST], actor="zhao.finance")() as books:
        release_hold(books, rows(books, InvoiceHold)[0], "answered")
    go(opener)
    with opener()() as books:
        assert rows(books, SettlementRun)[0].status == "sealed"


def test_a_held_run_can_be_rejected_and_the_others_are_settled_without(opener):
    contracts = three(opener)
    with opener(as_of=MONTHS[FIRST])() as books:
        calculate(books, make.only(books, LegalEntity))
    hold(opener, contracts[0])

    go(opener)
    make.reply(opener, "settlement", "wang.approver", "reject", as_of=MONTHS[FIRST])
    go(opener)

    with opener()() as books:
        statuses = [(row.status, row.count) for row in rows(books, SettlementRun)]
        assert statuses == [("rejected", 3), ("calculated", 2)]


def test_a_hold_on_one_run_stops_nothing_of_the_others(opener):
    contracts = three(opener)
    go(opener)
    make.reply(opener, "settlement", "wang.approver", as_of=MONTHS[FIRST])
    hold(opener, contracts[0])
    with opener()() as books:
        for number in range(10, 12):
            worker(books, number, ("500",))

    outcome = go(opener)
    make.reply(opener, "settlement", "wang.approver", as_of=MONTHS[FIRST])
    again = go(opener)

    assert "000001 waits: INV-" in outcome.refused[0][1] == again.refused[0][1]
    with opener()() as books:
        statuses = [row.status for row in rows(books, SettlementRun)]
        assert statuses == ["calculated", "sealed"]
        assert len(rows(books, Payment)) == 2


def test_a_cap_that_stops_one_run_stops_nothing_of_the_others(opener):
    contracts = three(opener)
    go(opener)
    make.reply(opener, "settlement", "wang.approver", as_of=MONTHS[FIRST])
    with opener()() as books:
        books.get(Contract, contracts[0]).cap_minor = 1
        for number in range(10, 12):
            worker(books, number, ("500",))

    outcome = go(opener)
    make.reply(opener, "settlement", "wang.approver", as_of=MONTHS[FIRST])
    again = go(opener)

    assert "000001 would take 1 contracts beyond" in outcome.refused[0][1] == again.refused[0][1]
    with opener(as_of=MONTHS[FIRST])() as books:
        statuses = [row.status for row in rows(books, SettlementRun)]
        assert statuses == ["calculated", "sealed"]
        assert len(rows(books, Payment)) == 2
        refusals = [row for row in rows(books, Refusal) if row.resolved_on is None]
        assert ["000001" in row.reason for row in refusals] == [True]
        assert broken(books) == []


@pytest.mark.parametrize("stage", ["settlement_runs", "settlement"])
def test_who_was_not_settled_in_time_is_settled_later_in_the_same_month(
    opener, monkeypatch, stage
):
    three(opener)
    go(opener)
    with opener()() as books:
        first = rows(books, SettlementRun)[0].payment_day
    late = first + timedelta(days=4)
    assert (late.year, late.month) == (first.year, first.month)
    run("settlement_runs", opener, as_of=first, month=FIRST)  # Rejects it, and puts the next.
    if stage == "settlement":
        monkeypatch.setattr(grouping, "LEAST", 4)
    run("settlement_runs", opener, as_of=late, month=FIRST)

    outcome = run(stage, opener, as_of=late, month=FIRST)
    make.reply(opener, "settlement", "wang.approver", as_of=late)
    run(stage, opener, as_of=late, month=FIRST)

    assert outcome.refused == []
    with opener()() as books:
        assert [row.status for row in rows(books, Settlement)][-3:] == ["sealed"] * 3
