"""What is agreed is paid or credited to the cent, once, whatever document brings it."""

import pytest

from tests import make
from tests.stages.disputes.disputing import (
    BUYER,
    LATER,
    agreed,
    carried_on,
    company,
    note,
    opened,
    settled_net,
    state,
)
from tests.stages.settlement import month
from vendorops.domain.lifecycle import DisputeStatus, InvoiceStatus
from vendorops.tables import (
    CreditMemo,
    Dispute,
    DisputeCredit,
    Invoice,
    SettlementLine,
)

EXPLAINED = 186_100
"""What is paid of the claim while nothing is agreed."""


@pytest.fixture
def claim(opener):
    return company(opener)


def status(opener, claim):
    with opener()() as books:
        return books.get(Invoice, claim.id).status


def test_paid_as_claimed_the_settlement_pays_the_finding_too(opener, claim):
    ident = opened(opener, claim)

    agreed(opener, ident, credit="0")

    assert state(opener, ident) == DisputeStatus.CLOSED
    assert status(opener, claim) == InvoiceStatus.ACCEPTED
    assert settled_net(opener) == [190_000]


def test_partly_agreed_the_rest_stays_unpaid_without_a_document(opener, claim):
    ident = opened(opener, claim)

    agreed(opener, ident, credit="30.00", by="none")

    assert state(opener, ident) == DisputeStatus.CLOSED
    assert status(opener, claim) == InvoiceStatus.CONDITIONALLY_ACCEPTED
    assert settled_net(opener) == [EXPLAINED + 900]


def test_a_note_for_what_was_never_paid_closes_it_and_takes_nothing_off(opener, claim):
    ident = opened(opener, claim)
    agreed(opener, ident)
    assert state(opener, ident) == DisputeStatus.AGREED
    note(opener, claim, 3_900)

    carried_on(opener)

    assert state(opener, ident) == DisputeStatus.CLOSED
    assert settled_net(opener) == [EXPLAINED]
    with opener()() as books:
        tied = make.only(books, DisputeCredit)
        assert (tied.amount_minor, tied.offset_minor) == (3_900, 3_900)
        nets = [row.net_minor for row in month.rows(books, SettlementLine)]
        assert nets == [EXPLAINED, 0]


def test_a_note_that_covers_a_part_leaves_the_rest_open(opener, claim):
    ident = opened(opener, claim)
    agreed(opener, ident)
    note(opener, claim, 1_000)
    carried_on(opener)
    assert state(opener, ident) == DisputeStatus.AGREED

    note(opener, claim, 2_900)
    carried_on(opener)

    assert state(opener, ident) == DisputeStatus.CLOSED
    assert settled_net(opener) == [EXPLAINED]


def test_what_a_note_takes_back_beyond_its_disputes_is_taken_off(opener, claim):
    ident = opened(opener, claim)
    agreed(opener, ident)
    note(opener, claim, 10_000)

    carried_on(opener)

    assert state(opener, ident) == DisputeStatus.CLOSED
    assert settled_net(opener) == [EXPLAINED - 6_100]


def test_a_note_waits_until_the_dispute_of_its_source_is_decided(opener, claim):
    opened(opener, claim)
    note(opener, claim, 3_900)

    assert settled_net(opener) == [EXPLAINED]  # The claim alone: the note is not settled with it.


def test_a_note_for_what_is_paid_is_taken_off_and_closes_the_dispute(opener, claim):
    ident = opened(opener, claim, reason="quality", amount="100.00")
    agreed(opener, ident)
    note(opener, claim, 10_000)

    carried_on(opener)

    assert state(opener, ident) == DisputeStatus.CLOSED
    assert settled_net(opener) == [EXPLAINED - 10_000]


def test_our_memo_takes_off_what_was_agreed_and_a_late_note_not_once_more(opener, claim):
    ident = opened(opener, claim, reason="quality", amount="100.00")
    agreed(opener, ident, by="memo")
    month.run("crediting", opener)
    make.reply(opener, "credit_memo", _second_buyer(opener))
    month.run("crediting", opener)
    carried_on(opener)
    assert state(opener, ident) == DisputeStatus.CLOSED

    note(opener, claim, 10_000)
    carried_on(opener)

    assert settled_net(opener) == [EXPLAINED - 10_000]


def _second_buyer(opener):
    """Return somebody who may issue memos and had no part in the dispute."""
    with opener()() as books:
        make.person(books, "second.buyer")
        make.grant(books, "second.buyer", "buyer")
    return "second.buyer"


def test_where_the_supplier_sends_nothing_our_memo_takes_it_off(opener, claim):
    ident = opened(opener, claim, reason="quality", amount="100.00")
    agreed(opener, ident)

    carried_on(opener, as_of=LATER)

    with opener()() as books:
        memo = make.only(books, CreditMemo)
        assert (memo.net_minor, memo.kind, memo.status) == (10_000, "dispute", "draft")
        assert BUYER in memo.raised_by.split()
    assert state(opener, ident) == DisputeStatus.AGREED


def test_what_was_never_paid_needs_no_note_once_its_day_is_over(opener, claim):
    ident = opened(opener, claim)
    agreed(opener, ident)

    carried_on(opener, as_of=LATER)
    assert state(opener, ident) == DisputeStatus.CLOSED
    note(opener, claim, 3_900)
    carried_on(opener, as_of=LATER)

    assert settled_net(opener) == [EXPLAINED]


def test_a_memo_that_nobody_would_issue_leaves_it_to_the_suppliers_note(opener, claim):
    ident = opened(opener, claim, reason="quality", amount="100.00")
    agreed(opener, ident, by="memo")
    month.run("crediting", opener)
    make.reply(opener, "credit_memo", _second_buyer(opener), "reject")
    month.run("crediting", opener)

    carried_on(opener)

    with opener()() as books:
        row = books.get(Dispute, ident)
        assert (row.status, row.credit_by, row.clock_owner) == ("agreed", "note", "supplier")
