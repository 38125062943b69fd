"""A held invoice is neither settled nor paid until somebody lets it go, or its day has come."""

from datetime import date

import pytest

from tests import make
from tests.stages.settlement import month
from vendorops.domain.lifecycle import InvoiceHoldStatus, InvoiceStatus, ReconciliationStatus
from vendorops.paying.holding import Hold, NotHoldable, any_held, place_hold, release_hold
from vendorops.stages import sweep
from vendorops.stages.reopenings import propose
from vendorops.tables import (
    ApprovalRule,
    ApprovalStep,
    Invoice,
    InvoiceHold,
    Payment,
    Reconciliation,
    Settlement,
)

FINANCE = "zhao.finance"
WHY = "the hours look doubled"
LATER = date(2026, 11, 20)


@pytest.fixture
def claim(opener):
    """A claim in order, of which nothing was settled yet."""
    with opener()() as books:
        month.company(books)
        return month.claim(books, month.staffing(books), ("40", "46.50"))


def held(opener, claim, who=FINANCE, **said):
    with opener(actor=who)() as books:
        return place_hold(books, books.get(Invoice, claim.id), Hold(WHY, **said))


def released(opener, who=FINANCE):
    with opener(actor=who)() as books:
        return release_hold(books, make.only(books, InvoiceHold), "they showed the sheets")


def settlements(opener):
    with opener()() as books:
        return [row.status for row in month.rows(books, Settlement)]


def test_a_hold_moved_in_the_same_transaction_is_not_remembered(opener, claim):
    hold = held(opener, claim)
    with opener(actor=FINANCE)() as books:
        row = books.get(InvoiceHold, hold.id)
        row.release_asked_by, row.release_asked_on = FINANCE, books.as_of
        before = any_held(books)
        books.move(row, InvoiceHoldStatus.RELEASED, because="they showed the sheets")

        assert (before, any_held(books)) == (True, False)


def test_a_held_invoice_is_settled_only_after_its_release(opener, claim):
    held(opener, claim)
    month.run("settlement", opener)
    assert settlements(opener) == []

    released(opener)
    month.settled(opener)

    assert settlements(opener) == ["sealed"]


def test_a_hold_of_one_line_keeps_the_whole_invoice(opener, claim):
    held(opener, claim, line=1)

    month.run("settlement", opener)

    assert settlements(opener) == []


def test_a_hold_ends_by_itself_on_its_day(opener, claim):
    held(opener, claim, until=LATER)

    month.run("holds", opener)
    month.run("settlement", opener)
    assert settlements(opener) == []
    month.run("holds", opener, as_of=LATER)
    month.run("settlement", opener, as_of=LATER)

    assert settlements(opener) == ["calculated"]
    with opener()() as books:
        assert make.only(books, InvoiceHold).status == InvoiceHoldStatus.LAPSED


def test_a_settlement_underway_waits_for_the_release_and_says_who_held_it(opener, claim):
    month.run("settlement", opener)
    held(opener, claim)
    make.reply(opener, "settlement", "wang.approver")

    [(_, why)] = month.run("settlement", opener).refused

    assert f"is held by {FINANCE}" in why
    assert WHY in why
    assert settlements(opener) == ["calculated"]


def test_a_sealed_settlement_is_not_paid_while_its_invoice_is_held(opener, claim):
    month.settled(opener)
    held(opener, claim)

    [(_, why)] = month.run("payment", opener).refused

    assert WHY in why
    with opener()() as books:
        assert month.rows(books, Payment) == []


def test_a_planned_payment_is_stopped_at_its_release(opener, claim):
    month.settled(opener)
    month.run("payment", opener)
    month.run("release", opener)
    make.reply(opener, "payment_approval", "wang.approver")
    month.run("release", opener)
    held(opener, claim)

    [(_, why)] = month.run("release", opener).refused

    assert WHY in why
    with opener()() as books:
        assert make.only(books, Payment).status == "approved"


def test_what_was_paid_cannot_be_held_any_more(opener, claim):
    month.settled(opener)
    month.paid(opener)

    with pytest.raises(NotHoldable, match="is paid; there is nothing to hold"):
        held(opener, claim)


@pytest.mark.parametrize(
    ("said", "why"),
    [({"until": make.AS_OF}, "name a later day"), ({"line": 7}, "has no line 7")],
)
def test_a_hold_that_means_nothing_is_refused(opener, claim, said, why):
    with pytest.raises(Exception, match=why):
        held(opener, claim, **said)


def test_the_same_hold_said_twice_is_one(opener, claim):
    assert held(opener, claim).id == held(opener, claim).id


def test_where_the_matrix_says_so_another_person_releases_it(opener, claim):
    held(opener, claim)
    with opener()() as books:
        _two_people(books)

    assert not released(opener)
    assert sweep("holds", opener()).waiting
    make.reply(opener, "hold_release", "wang.approver")
    sweep("holds", opener())

    with opener()() as books:
        assert make.only(books, InvoiceHold).status == InvoiceHoldStatus.RELEASED


def test_a_release_that_was_refused_leaves_the_hold_and_may_be_asked_anew(opener, claim):
    held(opener, claim)
    with opener()() as books:
        _two_people(books)
    released(opener)
    sweep("holds", opener())
    make.reply(opener, "hold_release", "wang.approver", "reject")
    sweep("holds", opener())

    with opener()() as books:
        hold = make.only(books, InvoiceHold)
        assert (hold.status, hold.release_asked_by) == (InvoiceHoldStatus.ACTIVE, None)


def test_a_hold_stands_when_the_month_is_explained_once_more(opener, claim):
    held(opener, claim)
    with opener(actor=FINANCE)() as books:
        propose(books, make.only(books, Reconciliation), "another look")
    for _ in range(2):
        sweep("reopenings", opener())
        with opener()() as books:
            if make.only(books, Invoice).status == InvoiceStatus.IN_PROCESS:
                break
        make.reply(opener, "reopening", "wang.approver")

    sweep("reconciliation", opener())
    month.run("settlement", opener)

    with opener()() as books:
        assert make.only(books, Invoice).status == InvoiceStatus.ACCEPTED
        assert [row.status for row in month.rows(books, Reconciliation)] == [
            ReconciliationStatus.SUPERSEDED,
            ReconciliationStatus.SEALED,
        ]
    assert settlements(opener) == []


def _two_people(books):
    rule = make.rows.put(
        books,
        ApprovalRule,
        {"reference": "APR-1", "kind": "hold_release", "valid_from": date(2026, 1, 1)},
        {"cite": "board, 2026-01-01"},
    )
    make.rows.put(
        books, ApprovalStep, {"rule_id": rule.id, "step": 1}, {"role": "approver", "due_days": 2}
    )
