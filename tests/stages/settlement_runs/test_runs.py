"""A platform's month settled at once is the month settled one by one."""

from datetime import date

import pytest
from sqlmodel import col, select

from tests import make
from tests.stages.settlement.month import claim, rows, run
from tests.stages.settlement_runs.people import (
    FIRST,
    MONTHS,
    copied,
    facts,
    go,
    hold,
    opening,
    platform,
    three,
    worker,
)
from vendorops.stages.settlement_runs import grouping, reading
from vendorops.tables import (
    Contract,
    Decision,
    Event,
    Settlement,
    SettlementRun,
    Supplier,
    Withholding,
)

ONCE = {FIRST: MONTHS[FIRST]}
AMOUNTS = (
    ("15000", "15000", "15000"),
    ("10000", "", "10000"),
    ("6300", "48000.55", "900"),
    ("100000", "99999.99", "100000.01"),
    ("0.01", "5000", "6250.03"),
    ("", "42000", "61234.56"),
)


@pytest.fixture(autouse=True)
def few_are_enough(monkeypatch):
    monkeypatch.setattr(grouping, "LEAST", 2)


def settle(opener, stages, month, day):
    for stage in stages:
        run(stage, opener, as_of=day, month=month)
    make.reply(opener, "settlement", "wang.approver", as_of=day)
    for stage in stages:
        run(stage, opener, as_of=day, month=month)


def settled(opener, stages, months=MONTHS):
    for month, day in months.items():
        settle(opener, stages, month, day)


def test_rows_of_runs_are_those_of_settlements_one_by_one_to_the_byte(settings, opener, tmp_path):
    with opener(as_of=make.AS_OF)() as books:
        platform(books)
        for number, amounts in enumerate(AMOUNTS):
            worker(books, number, amounts)
    other = opening(copied(settings, tmp_path / "other"))

    settled(opener, ["settlement_runs", "settlement", "payment"])
    settled(other, ["settlement", "payment"])

    together, alone = facts(opener), facts(other)
    assert (together.pop("runs"), alone.pop("runs")) == (3, 0)
    for what, rows_alone in alone.items():
        assert together[what] == rows_alone, what
    assert len(together["settlements"]) == 16
    assert len(together["files"]) == 3
    assert len(together["findings"]) > 1


def test_claims_of_several_lines_and_several_claims_are_settled_together_as_alone(
    settings, opener, tmp_path, monkeypatch
):
    monkeypatch.setattr(reading, "AT_ONCE", 2)  # So that lines of one contract come in two pieces.
    contracts = three(opener)
    with opener()() as books:
        many, few, _ = (books.get(Contract, ident) for ident in contracts)
        claim(books, many, ("1", "100"), ("2", "50.25"), ("1", "0.01"), rate_e4=0, month=FIRST)
        first = {"reference": "INV-2026-000000"}  # Shown before what was entered before it.
        claim(books, many, ("1", "4000"), rate_e4=0, month=FIRST, **first)
        claim(books, few, ("3", "7"), rate_e4=0, month=FIRST)
    other = opening(copied(settings, tmp_path / "other"))

    settled(opener, ["settlement_runs", "settlement", "payment"], ONCE)
    settled(other, ["settlement", "payment"], ONCE)

    together, alone = facts(opener), facts(other)
    assert (together.pop("runs"), alone.pop("runs")) == (1, 0)
    for what, rows_alone in alone.items():
        assert together[what] == rows_alone, what
    assert len(together["lines"]) == 8


def test_one_answer_settles_all_and_the_history_tells_of_them_at_once(opener):
    three(opener)
    with opener()() as books:
        before = len(rows(books, Event))

    settled(opener, ["settlement_runs", "payment"], ONCE)

    with opener()() as books:
        (decision,) = books.session.exec(
            select(Decision).where(col(Decision.kind) == "settlement")
        )
        assert "Pay 3 people of XH" in decision.question
        assert {row.status for row in rows(books, Settlement)} == {"sealed"}
        assert {row.status for row in rows(books, Withholding)} == {"booked"}
        assert len(rows(books, Event)) - before < 30


def test_a_rejected_run_is_not_put_again_until_an_invoice_is_held(opener):
    contracts = three(opener)
    go(opener)
    make.reply(opener, "settlement", "wang.approver", "reject", as_of=MONTHS[FIRST])

    outcome = go(opener)

    assert "was rejected and nothing of its 3 settlements" in outcome.refused[0][1]
    with opener()() as books:
        assert {row.status for row in rows(books, Settlement)} == {"rejected"}
        assert {row.status for row in rows(books, Withholding)} == {"cancelled"}
    hold(opener, contracts[0])
    settle(opener, ["settlement_runs"], FIRST, MONTHS[FIRST])
    with opener()() as books:
        second = rows(books, SettlementRun)[1]
        assert (second.status, second.count) == ("sealed", 2)


def test_a_cap_that_others_took_since_stops_the_run_and_nothing_of_it_is_booked(opener):
    contracts = three(opener)
    go(opener)
    make.reply(opener, "settlement", "wang.approver", as_of=MONTHS[FIRST])
    with opener()() as books:
        books.get(Contract, contracts[1]).cap_minor = 1

    outcome = go(opener)

    assert "would take 1 contracts beyond their caps" in outcome.refused[0][1]
    with opener()() as books:
        assert {row.status for row in rows(books, Settlement)} == {"calculated"}


def test_an_answer_that_comes_after_the_day_of_payment_settles_nothing(opener):
    three(opener)
    go(opener)
    make.reply(opener, "settlement", "wang.approver", as_of=MONTHS[FIRST])

    late = date(2027, 3, 4)
    run("settlement_runs", opener, as_of=late, month=FIRST)

    with opener()() as books:
        statuses = [(row.status, row.payment_day) for row in rows(books, SettlementRun)]
        assert [status for status, _ in statuses] == ["rejected", "calculated"]
        assert statuses[1][1] > late


def test_who_is_out_of_the_ordinary_is_settled_alone_to_the_same_rows(opener):
    contracts = three(opener)
    with opener()() as books:
        other = books.get(Contract, contracts[2])
        claim(books, other, ("1", "100"), rate_e4=600, month=FIRST)
        claim(books, other, ("1", "50"), ("1", "60"), rate_e4=600, month=FIRST)

    settled(opener, ["settlement_runs", "settlement"], ONCE)

    with opener()() as books:
        alone = [row for row in rows(books, Settlement) if row.settlement_run_id is None]
        assert [row.contract_id for row in alone] == [contracts[2]]
        assert rows(books, SettlementRun)[0].count == 2


def test_who_has_two_contracts_is_settled_alone_for_the_tax_of_one_rests_on_the_other(opener):
    contracts = three(opener)
    with opener()() as books:
        person = books.get(Supplier, books.get(Contract, contracts[0]).supplier_id)
        second = make.contract(books, person, program="bpo")
        claim(books, second, ("1", "500"), rate_e4=0, month=FIRST)

    settled(opener, ["settlement_runs", "settlement"], ONCE)

    with opener()() as books:
        run_of = {row.contract_id: row.settlement_run_id for row in rows(books, Settlement)}
        together = {contract for contract, run in run_of.items() if run is not None}
        assert together == set(contracts[1:])
        assert set(run_of) >= {contracts[0], *contracts[1:]}


def test_fewer_people_than_a_run_needs_are_settled_one_by_one(opener, monkeypatch):
    three(opener)
    monkeypatch.setattr(grouping, "LEAST", 4)

    settled(opener, ["settlement_runs", "settlement"], ONCE)

    with opener()() as books:
        assert rows(books, SettlementRun) == []
        assert len(rows(books, Settlement)) == 3
