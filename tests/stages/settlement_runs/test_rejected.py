"""Whom a person said no to waits for a change, and nobody else waits with him."""

from datetime import date

import pytest

from tests import make
from tests.soundness import broken
from tests.stages.settlement.month import claim, rows, run, sealed
from tests.stages.settlement_runs.people import (
    FIRST,
    MONTHS,
    go,
    hold,
    reject,
    three,
    worker,
)
from vendorops.books import Answer, correct
from vendorops.paying.holding import release_hold
from vendorops.paying.standing import Told, record
from vendorops.stages import sweep
from vendorops.stages.settlement_runs import grouping
from vendorops.tables import (
    Allocation,
    Contract,
    Decision,
    Invoice,
    InvoiceHold,
    Refusal,
    Settlement,
    SettlementRun,
    Supplier,
    WorkItem,
)

DAY = MONTHS[FIRST]


@pytest.fixture(autouse=True)
def few_are_enough(monkeypatch):
    monkeypatch.setattr(grouping, "LEAST", 2)


@pytest.fixture
def refused(opener):
    """The contracts of three people; a person said no to their run."""
    contracts = three(opener)
    go(opener)
    reject(opener)
    return contracts


def runs(opener):
    with opener()() as books:
        return [(row.status, row.count) for row in rows(books, SettlementRun)]


def test_people_of_a_rejected_run_are_refused_together_and_none_of_them_once_more(opener, refused):
    outcomes = [go(opener, stage) for stage in ("settlement_runs", "settlement")]

    assert (
        "RUN-2027-000001 was rejected and nothing of its 3 settlements"
        in outcomes[0].refused[0][1]
    )
    assert outcomes[1].refused == []
    with opener(as_of=DAY)() as books:
        assert len(rows(books, Settlement)) == len(refused)
        assert [row.stage for row in rows(books, Refusal)] == ["settlement_runs"]
        assert broken(books) == []


def test_one_of_them_asked_for_alone_is_told_of_the_no(opener, refused):
    outcome = run_alone(opener, refused[1])

    assert "SET-2027-000002 was rejected and nothing has changed since" in outcome.refused[0][1]


def run_alone(opener, contract):
    return sweep(
        "settlement", opener(as_of=DAY, actor="system:settlement", month=FIRST), [contract]
    )


@pytest.mark.parametrize("rate_e4", [0, 600])
def test_the_next_group_is_put_although_a_larger_one_was_rejected(opener, refused, rate_e4):
    with opener()() as books:
        for number in (10, 11):
            claim(books, worker(books, number, ()), ("1", "500"), rate_e4=rate_e4, month=FIRST)

    outcome = go(opener)
    make.reply(opener, "settlement", "wang.approver", as_of=DAY)
    again = go(opener)

    assert runs(opener) == [("rejected", len(refused)), ("sealed", 2)]
    assert outcome.refused == again.refused != []
    with opener(as_of=DAY)() as books:
        assert broken(books) == []


def standing(place, name, value):
    def told(books, contract):
        supplier = books.get(Supplier, books.get(Contract, contract).supplier_id)
        said = Told(place, name, value, date(2026, 10, 1), "a notice")
        record(make.by(books, "qian.tax"), supplier, said)

    return told


def one_claim_more(books, contract):
    claim(books, books.get(Contract, contract), ("1", "70"), rate_e4=0, month=FIRST)


def matched_once_more(books, contract):
    other = books.get(Contract, contract)
    explained = sealed(books, other, FIRST)
    invoice = make.only(books, Invoice, contract_id=contract)
    (before,) = [
        row
        for row in rows(books, Allocation)
        if row.invoice_line_id == make.lines_of(books, invoice)[0].id
    ]
    make.allocation(
        books,
        explained,
        make.lines_of(books, invoice)[0],
        books.get(WorkItem, before.work_item_id),
    )


def cap_taken(books, contract):
    books.get(Contract, contract).cap_minor = 1


CHANGES = {
    "a claim more": (one_claim_more, 3),
    "matched once more": (matched_once_more, 2),
    "what the law asks": (standing("cn", "vat", "declares"), 2),
    "a cap that is taken": (cap_taken, 2),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_of_one_of_them_has_the_run_calculated_anew(opener, refused, change):
    act, count = CHANGES[change]
    with opener()() as books:
        act(books, refused[1])

    go(opener)

    assert runs(opener) == [("rejected", 3), ("calculated", count)]


def test_what_the_law_of_another_place_asks_changes_nothing(opener, refused):
    with opener()() as books:
        standing("us", "tin", "incorrect")(books, refused[1])

    outcome = go(opener)

    assert "was rejected and nothing of its 3" in outcome.refused[0][1]
    assert runs(opener) == [("rejected", 3)]


def test_a_hold_that_is_released_leaves_the_no_standing(opener, refused):
    hold(opener, refused[0])
    with opener(as_of=DAY, actor="zhao.finance")() as books:
        release_hold(books, make.only(books, InvoiceHold), "answered")

    outcomes = [go(opener, stage) for stage in ("settlement_runs", "settlement")]

    assert [len(each.refused) for each in outcomes] == [1, 0]
    assert runs(opener) == [("rejected", 3)]


def test_fewer_than_a_run_takes_are_put_one_by_one_once_the_run_has_changed(
    opener, refused, monkeypatch
):
    monkeypatch.setattr(grouping, "LEAST", 3)
    hold(opener, refused[0])

    outcomes = [go(opener, stage) for stage in ("settlement_runs", "settlement")]

    assert [each.refused for each in outcomes] == [[], []]
    with opener()() as books:
        alone = [row for row in rows(books, Settlement) if row.settlement_run_id is None]
        assert [row.contract_id for row in alone] == refused[1:]


def test_other_months_of_them_are_calculated(opener):
    contracts = three(opener)
    go(opener)
    reject(opener)
    month, day = [*MONTHS.items()][1]
    with opener()() as books:
        for ident in contracts:
            claim(books, books.get(Contract, ident), ("1", "80"), rate_e4=0, month=month)

    run("settlement_runs", opener, as_of=day, month=month)

    with opener()() as books:
        told = [(row.status, row.month, row.count) for row in rows(books, SettlementRun)]
    assert told == [("rejected", FIRST, 3), ("calculated", month, 3)]


def test_a_run_as_large_as_runs_get_is_calculated_anew_on_the_day_of_the_no(
    opener, refused, monkeypatch
):
    monkeypatch.setattr(grouping, "MOST", 3)
    hold(opener, refused[2])

    go(opener)

    assert runs(opener) == [("rejected", 3), ("calculated", 2)]


def test_a_yes_that_a_cap_stops_is_corrected_and_the_others_are_settled_without(opener):
    contracts = three(opener)
    go(opener)
    make.reply(opener, "settlement", "wang.approver", as_of=DAY)
    with opener()() as books:
        cap_taken(books, contracts[0])
    go(opener)

    with opener(as_of=DAY, actor="wang.approver")() as books:
        given = make.only(books, Decision, kind="settlement").reference
        correct(books, Answer(given, "reject", "one of them is beyond its cap"))
    go(opener)
    make.reply(opener, "settlement", "wang.approver", as_of=DAY)
    outcome = go(opener)

    assert outcome.refused == []
    assert runs(opener) == [("rejected", 3), ("sealed", 2)]
