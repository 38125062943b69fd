"""What the clock does with people who left: replaced, void, excepted, passed."""

from dataclasses import replace
from datetime import date

import pytest

from tests.make.placements import GUARANTEE, placement
from tests.stages.guarantees.line import (
    LEAVER,
    REPORTER,
    accepted,
    claimed,
    day,
    follow,
    leaves,
    recruiter,
    replaced,
    settled,
    started,
    status,
    works,
)
from tests.stages.settlement.month import paid, rows
from vendorops.domain.contract_facts import PaymentTerm
from vendorops.domain.guarantee import Outcome, Reason
from vendorops.domain.money import Money
from vendorops.tables import Contract, CreditMemo, Placement
from vendorops.working.placing import (
    ClaimExpired,
    Hire,
    NotPlaceable,
    cancel,
    place_instead,
    report_start,
)


def whole(opener, **told):
    """Somebody whose fee of 72,000.00 was accepted and claimed; the contract and the placement."""
    contract = recruiter(opener, **told)
    reference = started(opener, contract)
    accepted(opener)
    claimed(opener, contract, "QH-10")
    return contract, reference


def memos(opener):
    with opener()() as books:
        return [(row.source_reference, row.net_minor) for row in rows(books, CreditMemo)]


def pending(opener, reference, starts_on, as_of):
    """Somebody who accepted to replace a person from a day on."""
    with opener(as_of=as_of, actor=REPORTER)() as books:
        gone = books.named(Placement, reference)
        return place_instead(books, gone, Hire("李小红", Money(0, "CNY"), starts_on)).reference


def test_a_guarantee_that_passes_confirms_the_placement_once_no_notice_can_come(opener):
    reference = started(opener, recruiter(opener))
    follow(opener, day(1))
    assert status(opener, reference) == "in_guarantee"

    follow(opener, date(2027, 1, 15))
    assert status(opener, reference) == "in_guarantee"
    follow(opener, date(2027, 1, 18))

    assert status(opener, reference) == "confirmed"
    with pytest.raises(ClaimExpired, match="is confirmed, its guarantee ended on 2027-01-03"):
        leaves(opener, reference, day(80), date(2027, 1, 18))


def test_a_contract_without_a_guarantee_confirms_at_the_start(opener):
    reference = started(opener, recruiter(opener, guarantee=None))

    follow(opener, day(1))

    assert status(opener, reference) == "confirmed"
    with pytest.raises(ClaimExpired, match="its contract guarantees nothing"):
        leaves(opener, reference, day(3))


def test_a_replacement_in_time_earns_no_second_fee_and_no_refund(opener):
    _, first = whole(opener)
    verdict = leaves(opener, first, day(40), claims="replacement")
    follow(opener, day(60))

    second = replaced(opener, first, day(70))
    follow(opener, day(75))

    assert (verdict.outcome, verdict.until) == (Outcome.OWED, day(70))
    assert (status(opener, first), status(opener, second)) == ("replaced", "in_guarantee")
    assert memos(opener) == []
    assert len(works(opener)) == 1
    with opener()() as books:
        rest = books.named(Placement, second)
        assert rest.guarantee_until == day(120)
    follow(opener, date(2027, 3, 1))  # The replacement is confirmed,
    follow(opener, date(2027, 3, 1))  # and with it is settled whom it replaced.
    assert (status(opener, first), status(opener, second)) == ("settled", "confirmed")


def test_a_replacement_that_leaves_within_the_rest_gives_the_first_fee_back(opener):
    _, first = whole(opener)
    leaves(opener, first, day(40), claims="replacement")
    second = replaced(opener, first, day(50))

    verdict = leaves(opener, second, day(75), claims="")
    follow(opener, day(75))

    assert (verdict.outcome, verdict.day, verdict.tier) == (Outcome.REFUND, 65, 3)
    assert memos(opener) == [(second, 1_800_000)]


def test_a_second_replacement_is_refused(opener):
    _, first = whole(opener)
    leaves(opener, first, day(40), claims="replacement")
    second = replaced(opener, first, day(50))

    with pytest.raises(NotPlaceable, match="is a replacement itself, and one is free"):
        leaves(opener, second, day(60), claims="replacement")


def test_the_refund_is_due_the_day_after_the_last_day_for_a_replacement(opener):
    _, first = whole(opener)
    leaves(opener, first, day(40), claims="replacement")

    follow(opener, day(70))
    assert (status(opener, first), memos(opener)) == ("left_early", [])
    follow(opener, day(71))

    assert (status(opener, first), memos(opener)) == ("refund_claimed", [(first, 3_600_000)])
    follow(opener, day(72))
    assert len(memos(opener)) == 1


def test_a_replacement_that_is_agreed_is_waited_for_until_it_starts_or_does_not(opener):
    _, first = whole(opener)
    leaves(opener, first, day(40), claims="replacement")
    second = pending(opener, first, day(70), day(60))

    follow(opener, day(71))
    assert status(opener, first) == "left_early"
    with opener(as_of=day(72), actor=REPORTER)() as books:
        late = books.named(Placement, second)
        with pytest.raises(NotPlaceable, match=f"started on {day(71)}, but a replacement of"):
            report_start(books, late, day(71))
        assert late.started_on is None
        cancel(books, late, "took another offer")
    follow(opener, day(72))

    assert memos(opener) == [(first, 3_600_000)]


def test_a_replacement_is_refused_after_its_last_day_and_where_none_is_owed(opener):
    _, first = whole(opener)
    with pytest.raises(NotPlaceable, match="is started and no replacement is owed"):
        pending(opener, first, day(50), day(45))
    leaves(opener, first, day(40), claims="replacement")

    with pytest.raises(NotPlaceable, match=f"starts until {day(70)}, not on {day(71)}"):
        pending(opener, first, day(71), day(60))
    second = pending(opener, first, day(70), day(60))
    with pytest.raises(NotPlaceable, match=f"^{second} is to replace {first} already"):
        pending(opener, first, day(69), day(61))


@pytest.mark.parametrize(("reason", "owed"), [(Reason.LAYOFF, 0), (Reason.CAUSE, 3_600_000)])
def test_a_layoff_is_excepted_and_a_dismissal_is_not(opener, reason, owed):
    _, first = whole(opener)

    leaves(opener, first, day(40), reason=reason)
    follow(opener, day(40))

    assert sum(net for _, net in memos(opener)) == owed
    assert status(opener, first) == ("refund_claimed" if owed else "settled")


@pytest.mark.parametrize(("days", "owed"), [(30, 3_600_000), (0, 0)], ids=["in time", "late"])
def test_a_fee_paid_after_it_was_due_voids_the_refund(opener, days, owed):
    """Received on the fourth and due at once, it goes on the next day banks work: too late."""
    strict = replace(GUARANTEE, void_when_paid_late=True)
    _, first = whole(opener, guarantee=strict, pay=PaymentTerm(days=days))
    settled(opener)
    paid(opener)

    verdict = leaves(opener, first, day(40), claims="refund")
    follow(opener, day(40))

    assert verdict.outcome is (Outcome.REFUND if owed else Outcome.VOID)
    assert sum(net for _, net in memos(opener)) == owed


def test_only_who_works_under_a_guarantee_can_leave_it(opener):
    contract = recruiter(opener)
    with opener(actor=REPORTER)() as books:
        waiting = placement(books, books.named(Contract, contract))
        reference = waiting.reference
    with pytest.raises(NotPlaceable, match="is accepted; only who works under a guarantee"):
        leaves(opener, reference, day(3))


def test_a_leaving_of_a_day_to_come_or_without_evidence_is_refused(opener):
    reference = started(opener, recruiter(opener))

    with pytest.raises(NotPlaceable, match="has not come yet; report the leaving then"):
        leaves(opener, reference, day(5), day(4))
    leaves(opener, reference, day(5))
    with pytest.raises(NotPlaceable, match="is left_early; only who works under a guarantee"):
        leaves(opener, reference, day(5))
    with opener()() as books:
        assert books.named(Placement, reference).left_reported_by == LEAVER
