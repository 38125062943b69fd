"""A sealed month is opened again by two people; its old version stays, and replays."""

import pytest
from sqlmodel import col, select

from tests.make import (
    claimed,
    contract,
    done,
    grant,
    invoice,
    items_of,
    only,
    people,
    reply,
    service_sheet,
    settlement,
    settlement_line,
    tolerance,
)
from tests.make.claims import lines_of
from vendorops.books.questions import NotAllowed
from vendorops.books.standing import NotProposable
from vendorops.domain.lifecycle import InvoiceStatus, ReconciliationStatus, ReopeningStatus
from vendorops.invariants import check as broken_of
from vendorops.invariants import every
from vendorops.stages import sweep
from vendorops.stages.reconciliation.replay import faults
from vendorops.stages.reopenings import NotReopenable, propose
from vendorops.tables import (
    Contract,
    Decision,
    Difference,
    Invoice,
    Reconciliation,
    Reopening,
    Settlement,
    WorkItem,
)

ABOUT_CLAIMS = ("M03", "M08", "M09", "M13", "M25", "M26", "F6")


pytestmark = pytest.mark.usefixtures("sealed")


@pytest.fixture
def sealed(opener):
    """A month sealed with a price above the contract's, which a person accepted in part."""
    with opener()() as books:
        people(books)
        agreed = contract(books)
        works = items_of(books, service_sheet(books, agreed, [done(), done()]))
        claim = invoice(books, agreed, [claimed(works[0], price="47.00"), claimed(works[1])])
    sweep("reconciliation", opener())
    decide(opener, "exception", "zhao.finance")
    return claim


def decide(opener, kind, who, says="approve"):
    sweep(f"{kind}s", opener())
    reply(opener, kind, who, says)
    sweep(f"{kind}s", opener())


def proposed(opener, reason="the tolerance agreed in August was not in the books"):
    with opener(actor="zhao.finance")() as books:
        return propose(books, only(books, Reconciliation, version=1), reason)


def sound(books):
    rules = [rule for rule in every() if rule.code in ABOUT_CLAIMS]
    return [found for rule in rules for found in broken_of(books, rule)]


def test_a_reopened_month_is_a_new_version_and_the_old_one_replays(opener):
    with opener()() as books:
        tolerance(books, amount_minor=2_000, share_e6=20_000)
    proposed(opener)
    decide(opener, "reopening", "wang.approver")
    with opener()() as books:
        assert only(books, Invoice).status == InvoiceStatus.IN_PROCESS
        assert {work.claimed_e4 for work in books.session.exec(select(WorkItem))} == {0}

    sweep("reconciliation", opener())

    with opener()() as books:
        first, second = books.session.exec(
            select(Reconciliation).order_by(col(Reconciliation.version))
        ).all()
        assert (first.status, second.status) == (
            ReconciliationStatus.SUPERSEDED,
            ReconciliationStatus.SEALED,
        )
        treated = dict(
            books.session.exec(select(Difference.reconciliation_id, Difference.treatment)).all()
        )
        assert treated == {first.id: "disputed", second.id: "tolerated"}
        assert [faults(books, row) for row in (first, second)] == [[], []]
        assert only(books, Invoice).status == InvoiceStatus.ACCEPTED
        assert sound(books) == []


def test_the_same_dispute_of_a_reopened_month_is_asked_anew(opener):
    proposed(opener)
    decide(opener, "reopening", "wang.approver")
    sweep("reconciliation", opener())

    decide(opener, "exception", "zhao.finance", "reject")

    with opener()() as books:
        asked = books.session.exec(select(Decision).where(col(Decision.kind) == "exception"))
        assert {row.answer for row in asked} == {"approve", "reject"}
        assert only(books, Invoice).status == InvoiceStatus.REJECTED
        assert {work.claimed_e4 for work in books.session.exec(select(WorkItem))} == {0}
        assert sound(books) == []


def test_nobody_reopens_a_month_alone(opener):
    with opener()() as books:
        grant(books, "zhao.finance", "approver")
    proposed(opener)
    sweep("reopenings", opener())

    with pytest.raises(NotAllowed):
        reply(opener, "reopening", "zhao.finance")


def test_a_rejected_proposal_leaves_the_month_sealed(opener):
    proposed(opener)

    decide(opener, "reopening", "wang.approver", "reject")

    with opener()() as books:
        assert only(books, Reopening).status == ReopeningStatus.REJECTED
        assert only(books, Reconciliation).status == ReconciliationStatus.SEALED


def test_what_a_settlement_holds_is_not_taken_up_again(opener, sealed):
    hold(opener, sealed)

    with pytest.raises(NotReopenable, match="credit note"):
        proposed(opener)


def test_what_was_settled_meanwhile_withdraws_the_proposal(opener, sealed):
    proposed(opener)
    sweep("reopenings", opener())
    hold(opener, sealed)

    sweep("reopenings", opener())

    with opener()() as books:
        assert only(books, Reopening).status == ReopeningStatus.WITHDRAWN
        assert only(books, Decision, kind="reopening").status == "void"
        assert only(books, Reconciliation).status == ReconciliationStatus.SEALED


def hold(opener, claim):
    """Let a settlement hold the first line of a claim."""
    with opener()() as books:
        of = only(books, Reconciliation)
        held = settlement(books, books.get(Contract, claim.contract_id), of)
        settlement_line(books, books.get(Settlement, held.id), lines_of(books, claim)[0])


@pytest.mark.parametrize("who", ["he.hengxin", "nobody"])
def test_only_our_own_people_propose(opener, who):
    with pytest.raises(NotProposable), opener(actor=who)() as books:
        propose(books, only(books, Reconciliation), "because we say so")


def test_proposing_twice_is_once_and_another_waits_for_the_first(opener):
    first = proposed(opener)

    assert proposed(opener).reference == first.reference
    with (
        pytest.raises(NotReopenable, match="already proposes"),
        opener(actor="lin.buyer")() as books,
    ):
        propose(books, only(books, Reconciliation), "another reason")
