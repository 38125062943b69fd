"""Who decides what a dispute comes to, what does not fit it, and what hangs on it."""

import pytest

from tests import make
from tests.stages.disputes.disputing import (
    APPROVER,
    BUYER,
    FINANCE,
    SIGNER,
    agreed,
    answered,
    carried_on,
    company,
    opened,
    proposed,
    settled_net,
    state,
)
from vendorops.books.questions import NotAllowed
from vendorops.domain.lifecycle import DisputeStatus
from vendorops.stages.disputes import NotAgreeable, NotYourDispute
from vendorops.stages.reopenings import NotReopenable, propose
from vendorops.tables import (
    ApprovalRule,
    ApprovalStep,
    Decision,
    Dispute,
    InvoiceHold,
    LineAdjustment,
    Reconciliation,
)


@pytest.fixture
def claim(opener):
    return company(opener)


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
