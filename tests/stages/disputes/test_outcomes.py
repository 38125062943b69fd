"""What is agreed is paid or credited to the cent, once, whatever document brings it."""

import pytest

from tests import make
from tests.stages.disputes.disputing import (
    APPROVER,
    BUYER,
    FINANCE,
    LATER,
    SIGNER,
    agreed,
    answered,
    carried_on,
    company,
    note,
    opened,
    proposed,
    settled_net,
    state,
)
from tests.stages.settlement import month
from vendorops.books.questions import NotAllowed
from vendorops.domain.lifecycle import DisputeStatus, InvoiceStatus
from vendorops.stages.disputes import NotAgreeable, NotYourDispute
from vendorops.stages.reopenings import NotReopenable, propose
from vendorops.tables import (
    ApprovalRule,
    ApprovalStep,
    CreditMemo,
    Decision,
    Dispute,
    DisputeCredit,
    Invoice,
    InvoiceHold,
    LineAdjustment,
    Reconciliation,
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


def test_refused_the_outcome_is_forgotten_and_the_talk_goes_on(opener, claim):
    ident = opened(opener, claim)

    agreed(opener, ident, "reject")

    with opener()() as books:
        row = books.get(Dispute, ident)
        assert (row.status, row.credit_minor, row.outcome_by) == ("answered", 0, None)
        assert row.clock_owner == "buyer"
    answered(opener, ident, who=SIGNER)


def test_who_opened_or_proposed_it_does_not_decide_it(opener, claim):
    ident = opened(opener, claim, who=FINANCE)
    proposed(opener, ident, who=BUYER)
    carried_on(opener)

    with pytest.raises(NotAllowed, match="took part"):
        make.reply(opener, "dispute", FINANCE)


def test_above_an_amount_of_the_matrix_two_people_decide(opener, claim):
    with opener()() as books:
        _two_above(books, 10_000)
    small = opened(opener, claim)
    agreed(opener, small, by="none")
    assert state(opener, small) == DisputeStatus.CLOSED
    large = opened(opener, claim, reason="quality", amount="100.00")

    agreed(opener, large)

    assert state(opener, large) == DisputeStatus.PROPOSED
    make.reply(opener, "dispute", APPROVER)
    carried_on(opener)
    assert state(opener, large) == DisputeStatus.AGREED


def _two_above(books, minor):
    said = {"kind": "dispute", "valid_from": make.STARTS_ON, "cite": "Payment policy 5"}
    scope = {"reference": "APR-2", "currency": "CNY", "from_minor": minor}
    rule = make.rows.put(books, ApprovalRule, said, scope)
    for step, role in enumerate(("finance", "approver"), start=1):
        row = {"rule_id": rule.id, "step": step, "role": role, "due_days": 2}
        make.rows.put(books, ApprovalStep, row, {})


def test_of_two_who_agree_the_second_is_told_who_was_first(opener, claim):
    ident = opened(opener, claim)
    proposed(opener, ident)

    with pytest.raises(NotAgreeable, match=f"{BUYER} proposed an outcome"):
        proposed(opener, ident, who=FINANCE, credit="1.00")


@pytest.mark.parametrize(
    ("reason", "outcome", "why"),
    [
        ("quality", {"by": "none"}, "a document has to take it off"),
        (None, {"by": "memo"}, "of which no memo takes anything off"),
        (None, {"credit": "39.01"}, "is not from 0 to 39.00"),
        (None, {"credit": "-1"}, "is not from 0 to 39.00"),
        (None, {"credit": "0", "by": "note"}, "nothing is credited"),
    ],
)
def test_an_outcome_that_does_not_fit_is_refused_by_name(opener, claim, reason, outcome, why):
    more = {"reason": reason, "amount": "39.00"} if reason else {}
    ident = opened(opener, claim, **more)

    with pytest.raises(NotAgreeable, match=why):
        proposed(opener, ident, **outcome)


def test_the_supplier_proposes_no_outcome_of_its_own(opener, claim):
    ident = opened(opener, claim)

    with pytest.raises(NotYourDispute):
        proposed(opener, ident, who=SIGNER)


def test_what_a_settlement_holds_is_not_paid_besides(opener, claim):
    ident = opened(opener, claim)
    settled_net(opener)

    with pytest.raises(NotAgreeable, match="SET-2026-000001 settles it without"):
        proposed(opener, ident, credit="0")


def test_a_dispute_may_hold_its_invoice_and_lets_it_go_at_its_end(opener, claim):
    ident = opened(opener, claim, holds=True)
    assert settled_net(opener) == []

    agreed(opener, ident, credit="0")

    with opener()() as books:
        assert make.only(books, InvoiceHold).status == "released"
    assert settled_net(opener) == [190_000]


def test_what_was_agreed_is_not_lost_by_explaining_the_month_anew(opener, claim):
    ident = opened(opener, claim)
    agreed(opener, ident, credit="0")

    with opener(actor=FINANCE)() as books, pytest.raises(NotReopenable):
        propose(books, make.only(books, Reconciliation), "another look")


def test_who_ended_a_dispute_does_not_approve_the_settlement_that_pays_it(opener, claim):
    ident = opened(opener, claim)
    agreed(opener, ident, credit="0")

    settled_net(opener)

    with opener()() as books:
        asked = make.only(books, Decision, kind="settlement")
        assert FINANCE in asked.not_by.split()
        assert make.only(books, LineAdjustment).amount_minor == 3_900
