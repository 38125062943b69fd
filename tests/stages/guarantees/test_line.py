"""From the offer to the settlement that takes half of the fee off: nobody keeps a spreadsheet."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests import make
from tests.make.placements import GUARANTEE
from tests.stages.guarantees.line import (
    LEAVER,
    accepted,
    claimed,
    day,
    follow,
    leaves,
    recruiter,
    settled,
    settlement_of,
    started,
    status,
)
from tests.stages.settlement.month import paid, rows, run
from vendorops.books.questions import NotAllowed
from vendorops.domain.guarantee import Reason
from vendorops.tables import CreditMemo, Payment, Placement
from vendorops.tracing import broken, explain
from vendorops.working.placing import ClaimExpired, Departure, report_leave

PAY, SHARE = 360_000, Fraction(1, 5)
"""First year's pay in yuan, and what of it the contract makes the fee."""
LATER = date(2026, 12, 3)


def half_of_the_fee() -> int:
    """What is owed back on day 40, from the raw facts alone, in minor units."""
    tier = next(step for step in GUARANTEE.steps if step.until_day >= 40)
    owed = PAY * 100 * SHARE * Fraction(tier.refund_e6, 10**6)
    assert owed.denominator == 1
    return int(owed)


def issued(opener, as_of):
    """Have the memo raised by the rule issued by a buyer."""
    follow(opener, as_of)
    run("crediting", opener, as_of)
    make.reply(opener, "credit_memo", "lin.buyer", as_of=as_of)
    run("crediting", opener, as_of)


@pytest.fixture
def two_months(opener):
    """A fee of October paid, its person gone on day 40, and November's settlement; return both."""
    contract = recruiter(opener)
    first = started(opener, contract)
    accepted(opener)
    claimed(opener, contract, "QH-10")
    settled(opener)
    paid(opener)
    follow(opener, make.AS_OF)
    second = started(opener, contract, date(2026, 11, 10), salary="500000")
    leaves(opener, first, day(40), day(42))
    issued(opener, day(42))
    accepted(opener, LATER)
    claimed(opener, contract, "QH-11", LATER)
    settled(opener, LATER)
    follow(opener, LATER)
    return first, second


def test_who_leaves_on_day_40_costs_the_recruiter_half_of_the_fee_next_month(opener, two_months):
    october, november = settlement_of(opener, "2026-10"), settlement_of(opener, "2026-11")

    assert october.net_minor == PAY * 100 * SHARE
    assert november.net_minor == 500_000_00 * SHARE - half_of_the_fee()
    assert november.tax_minor == november.net_minor * 6 // 100
    assert [status(opener, each) for each in two_months] == ["settled", "in_guarantee"]
    with opener()() as books:
        memo = make.only(books, CreditMemo)
        assert (memo.net_minor, memo.tax_minor) == (3_600_000, 216_000)
        assert (memo.status, memo.raised_by) == ("exhausted", LEAVER)
        assert make.only(books, Payment).status == "sent"


@pytest.mark.usefixtures("two_months")
def test_the_settlement_explains_why_half_of_the_fee_was_taken_off(opener):
    november = settlement_of(opener, "2026-11").reference

    with opener()() as books:
        tree = explain(books, november)

    credit: Any = next(part for part in tree.parts if part.kind == "credit")
    assert broken(tree) == []
    assert credit.amount.minor == -half_of_the_fee()
    assert credit.facts["calculation"]["share"] == "1/2"
    assert credit.facts["calculation"]["day"] == 40
    assert "left on day 40 of 90, step 2: 1/2 of the fee, 72000.00 CNY" in credit.facts["why"]


def test_a_placement_explains_its_fee_and_what_was_given_back(opener, two_months):
    first, second = two_months

    with opener()() as books:
        gone, working = explain(books, first), explain(books, second)

    assert broken(gone) == broken(working) == []
    assert [part.kind for part in gone.parts] == ["work", "credit"]
    assert [part.kind for part in working.parts] == ["work"]
    assert (str(gone.amount), gone.facts["left_because"]) == ("72000.00 CNY", "resigned")


def test_who_reported_the_leaving_may_not_issue_the_memo(opener):
    contract = recruiter(opener)
    reference = started(opener, contract)
    accepted(opener)
    claimed(opener, contract, "QH-10")
    with opener()() as books:
        make.grant(books, LEAVER, "buyer")
    leaves(opener, reference, day(31))
    follow(opener, day(31))
    run("crediting", opener, day(31))

    with pytest.raises(NotAllowed):
        make.reply(opener, "credit_memo", LEAVER, as_of=day(31))


def test_a_claim_after_the_guarantee_is_refused_and_nothing_is_half_done(opener):
    reference = started(opener, recruiter(opener))
    follow(opener, day(1))

    with pytest.raises(ClaimExpired, match=r"left on day 91, after the guarantee of 90 days"):
        leaves(opener, reference, day(91))

    with opener()() as books:
        row = books.named(Placement, reference)
        assert (row.status, row.left_on, row.evidence_sha256) == ("in_guarantee", None, "")


def test_a_refused_claim_leaves_nothing_behind_even_where_the_transaction_goes_on(opener):
    reference = started(opener, recruiter(opener))
    with opener(as_of=day(91), actor=LEAVER)() as books:
        row = books.named(Placement, reference)
        with pytest.raises(ClaimExpired):
            report_leave(books, row, Departure(day(91), Reason.RESIGNED, b"%PDF"))

    with opener()() as books:
        assert books.named(Placement, reference).left_on is None


def test_notice_more_than_ten_working_days_after_the_leaving_is_refused(opener):
    reference = started(opener, recruiter(opener))
    left_on = date(2026, 11, 2)

    with pytest.raises(ClaimExpired, match="notice could be given until 2026-11-16, and was"):
        leaves(opener, reference, left_on, date(2026, 11, 17))

    assert leaves(opener, reference, left_on, date(2026, 11, 16)).day == 28


def test_a_fee_that_was_never_claimed_is_given_back_once_it_is(opener):
    contract = recruiter(opener)
    reference = started(opener, contract)
    accepted(opener)
    leaves(opener, reference, day(31))
    follow(opener, day(31))
    with opener()() as books:
        assert rows(books, CreditMemo) == []
    assert status(opener, reference) == "refund_claimed"

    claimed(opener, contract, "QH-10", day(31))
    follow(opener, day(31))

    with opener()() as books:
        assert make.only(books, CreditMemo).net_minor == 3_600_000


def test_a_fee_that_was_rejected_is_not_given_back(opener):
    reference = started(opener, recruiter(opener))
    accepted(opener, says="reject")

    leaves(opener, reference, day(31))
    follow(opener, day(31))

    assert status(opener, reference) == "settled"
    with opener()() as books:
        assert rows(books, CreditMemo) == []
