"""Who has to be planned alone keeps nobody else of a run from going in one file."""

import re

import pytest

from tests import make
from tests.soundness import broken
from tests.stages.settlement.month import rows, run
from tests.stages.settlement_runs.people import (
    EARNED,
    FIRST,
    MONTHS,
    copied,
    facts,
    go,
    opening,
    three,
    worker,
)
from vendorops.books import Answer, answer, waiting
from vendorops.stages import settlement_runs
from vendorops.stages.onboarding.confirmations import ConfirmationForm, load_confirmation
from vendorops.stages.payment import pay_out
from vendorops.stages.release.together import clear
from vendorops.stages.settlement_runs import grouping
from vendorops.tables import (
    BankAccount,
    Contract,
    LegalEntity,
    Party,
    Payment,
    PaymentBatch,
    Settlement,
    Supplier,
)

DAY = MONTHS[FIRST]
TOGETHER, ALONE = ("settlement_runs", "settlement"), ("settlement",)
UNSAYABLE = "王" * 141
"""One letter more than a name may have."""


@pytest.fixture(autouse=True)
def few_are_enough(monkeypatch):
    monkeypatch.setattr(grouping, "LEAST", 2)


@pytest.fixture
def other(settings, tmp_path):
    """Return `other()`: the same books once more, to be settled and paid one by one."""
    return lambda: opening(copied(settings, tmp_path / "other"))


def run_all(opener, stages):
    return [run(stage, opener, as_of=DAY, month=FIRST) for stage in stages]


def settled(opener, stages):
    run_all(opener, stages)
    make.reply(opener, "settlement", "wang.approver", as_of=DAY)
    run_all(opener, stages)


def sealed(opener):
    """Have the run approved and booked, and nothing of it planned."""
    go(opener)
    make.reply(opener, "settlement", "wang.approver", as_of=DAY)
    with opener(as_of=DAY, month=FIRST)() as books:
        settlement_runs.advance(books, make.only(books, LegalEntity).id)


def planners(opener):
    """Who planned each file, and for how many."""
    with opener()() as books:
        return [(row.planned_by, row.count) for row in rows(books, PaymentBatch)]


def same(together, alone):
    found = facts(together), facts(alone)
    assert [each.pop("runs") for each in found] == [1, 0]
    assert found[0] == found[1]
    for opener in (together, alone):
        with opener(as_of=DAY)() as books:
            assert broken(books) == []


def test_whom_the_bank_cannot_be_told_of_is_named_and_the_others_go_in_one_file(opener, other):
    three(opener)
    with opener()() as books:
        for number, holder in ((3, UNSAYABLE), (4, "王小明"), (5, UNSAYABLE)):
            worker(books, number, ("500",), holder=holder)
    alone = other()

    for each, stages in ((opener, TOGETHER), (alone, ALONE)):
        settled(each, stages)
    outcomes = [run_all(each, ["payment"])[0] for each in (opener, alone)]

    assert planners(opener) == [("system:settlement_runs", 4)]
    for outcome in outcomes:
        told = outcome.refused[0][1]
        assert re.findall(r"(SET-\S+) waits: the bank of \S+ does not take it", told) == [
            "SET-2027-000004",
            "SET-2027-000006",
        ]
    assert go(opener).refused == []
    same(opener, alone)


def test_a_file_that_cannot_be_written_at_all_is_left_to_planning_one_by_one(opener):
    three(opener)
    with opener()() as books:
        ours = make.only(books, BankAccount, party_id=make.only(books, LegalEntity).party_id)
        ours.holder = UNSAYABLE

    settled(opener, TOGETHER)
    (outcome,) = run_all(opener, ["payment"])

    assert go(opener).refused == []
    assert outcome.refused[0][1].count("does not take it") == len(EARNED)
    assert planners(opener) == []


def test_one_early_payment_leaves_all_others_of_the_run_to_one_file(opener, other):
    three(opener)
    alone = other()

    sealed(opener)
    settled(alone, ALONE)
    for each in (opener, alone):
        with each(as_of=DAY, actor="zhao.finance", month=FIRST)() as books:
            pay_out(books, rows(books, Settlement)[1])
        run_all(each, ["settlement_runs", "payment"])

    assert planners(opener) == [("zhao.finance", 1), ("system:settlement_runs", 2)]
    same(opener, alone)


def test_what_is_left_of_a_run_goes_together_only_if_it_is_as_many_as_a_run_takes(
    opener, monkeypatch
):
    three(opener)
    sealed(opener)
    monkeypatch.setattr(grouping, "LEAST", 3)
    with opener(as_of=DAY, actor="zhao.finance", month=FIRST)() as books:
        pay_out(books, rows(books, Settlement)[1])

    run_all(opener, ["settlement_runs", "payment"])

    assert planners(opener) == [("zhao.finance", 1), ("system:payment", 2)]


@pytest.mark.parametrize(
    ("asked", "first"), [("none", []), ("asked", []), ("required", ["confirmations"])]
)
def test_who_disputes_a_statement_is_left_out_and_who_has_not_spoken_by_the_policy(
    opener, other, asked, first
):
    contracts = [*three(opener)]
    with opener()() as books:
        contracts += [worker(books, number, ("700",)).id for number in (3, 4)]
        policy = {"confirmation": asked, "valid_from": "2026-01-01", "cite": "Payment policy 3.1"}
        load_confirmation(books, ConfirmationForm.model_validate(policy))
        for number, ident in enumerate(contracts):
            supplier = books.get(Supplier, books.get(Contract, ident).supplier_id)
            make.signer(books, books.get(Party, supplier.party_id), f"payee.{number}")
    alone = other()

    sealed(opener)
    settled(alone, ALONE)
    for each in (opener, alone):
        run_all(each, ["confirmations"])
        for number, word in enumerate(("approve", "reject", "approve") if asked != "none" else ()):
            say(each, f"payee.{number}", word)
        run_all(each, [*first, "settlement_runs", "confirmations", "payment"])

    paid = {"none": 5, "asked": 4, "required": 2}[asked]
    assert planners(opener) == [("system:settlement_runs", paid)]
    assert planners(alone) == [("system:payment", paid)]
    same(opener, alone)


def say(opener, who, word):
    with opener(as_of=DAY, actor=who)() as books:
        (asked,) = [
            row
            for row in waiting(books)
            if row.kind == "settlement_statement" and row.party_id == party_of(books, who)
        ]
        answer(books, Answer(asked.reference, word, "as I see it"))


def party_of(books, who):
    number = int(who.rpartition(".")[2])
    return books.get(Supplier, rows(books, Settlement)[number].supplier_id).party_id


def test_one_dispute_after_planning_leaves_all_others_to_be_let_go_by_one_look(opener):
    contracts = three(opener)
    with opener()() as books:
        policy = {
            "confirmation": "asked",
            "valid_from": "2026-01-01",
            "cite": "Payment policy 3.1",
        }
        load_confirmation(books, ConfirmationForm.model_validate(policy))
        supplier = books.get(Supplier, books.get(Contract, contracts[1]).supplier_id)
        make.signer(books, books.get(Party, supplier.party_id), "payee.1")
    settled(opener, TOGETHER)
    run_all(opener, ["confirmations"])
    say(opener, "payee.1", "reject")

    with opener(as_of=DAY)() as books:
        batch, paid = make.only(books, PaymentBatch), rows(books, Payment)
        assert clear(books, batch) == {paid[0].id, paid[2].id}
    run("release", opener, as_of=DAY)
    make.reply(opener, "payment_approval", "wang.approver", as_of=DAY)
    outcome = run("release", opener, as_of=DAY)

    assert outcome.refused[0][1].count("disputes the statement of") == 1
