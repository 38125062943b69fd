"""The guarantee clock, every step and every exception of it."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorops.domain.contract_facts import Guarantee, GuaranteeStep
from vendorops.domain.guarantee import (
    Clock,
    FeePaid,
    Leaving,
    LeftBeforeStart,
    Outcome,
    Reason,
    judge,
    replacement_due,
)
from vendorops.domain.money import Money

STARTED = date(2026, 10, 5)
STEPS = (
    GuaranteeStep(30, 1_000_000),
    GuaranteeStep(60, 500_000),
    GuaranteeStep(90, 250_000),
)
STEPPED = Guarantee(90, STEPS, replacement_days=30)
PRO_RATA = Guarantee(90)
FEE = Money(9_000_000, "CNY")
IN_TIME = FeePaid(date(2026, 12, 1), date(2026, 11, 30))


def on(day):
    return STARTED + timedelta(days=day)


def left(day, reason=Reason.RESIGNED, **told):
    usual = {"noticed_on": on(day), "notice_until": on(day + 14), "wants_replacement": False}
    return Leaving(on(day), reason, **usual | told)


def judged(leaving, agreed=STEPPED, fee=IN_TIME, as_of=None, served=0):
    return judge(Clock(agreed, STARTED, served), leaving, fee, as_of or leaving.noticed_on)


@pytest.mark.parametrize(
    ("day", "tier", "back"),
    [
        (0, 1, "90000.00"),
        (1, 1, "90000.00"),
        (30, 1, "90000.00"),
        (31, 2, "45000.00"),
        (60, 2, "45000.00"),
        (61, 3, "22500.00"),
        (90, 3, "22500.00"),
    ],
)
def test_each_step_gives_back_its_share_to_its_last_day(day, tier, back):
    verdict = judged(left(day))

    assert (verdict.outcome, verdict.day, verdict.tier) == (Outcome.REFUND, day, tier)
    assert verdict.refund(FEE).text == back


def test_nothing_is_owed_from_the_day_after_the_guarantee_on():
    assert judged(left(90)).outcome is Outcome.REFUND
    verdict = judged(left(91))
    assert verdict.outcome is Outcome.EXPIRED
    assert "after the guarantee of 90 days ended on 2027-01-03" in verdict.because
    assert not verdict.refund(FEE)


@pytest.mark.parametrize(
    ("day", "share"), [(0, Fraction(1)), (1, Fraction(89, 90)), (45, Fraction(1, 2)), (90, 0)]
)
def test_without_steps_the_days_not_served_are_given_back(day, share):
    verdict = judged(left(day), PRO_RATA)

    assert (verdict.outcome, verdict.tier, verdict.share) == (Outcome.REFUND, 0, share)


@pytest.mark.parametrize("reason", [Reason.RESIGNED, Reason.UNFIT, Reason.CAUSE])
def test_who_resigns_or_is_dismissed_is_covered(reason):
    assert judged(left(10, reason)).outcome is Outcome.REFUND


@pytest.mark.parametrize("reason", [Reason.LAYOFF, Reason.OTHER])
def test_a_layoff_is_excepted_only_where_the_contract_excepts_it(reason):
    whatever = replace(STEPPED, except_layoff=False)

    assert judged(left(10, reason)).outcome is Outcome.EXCEPTED
    assert judged(left(10, reason), whatever).outcome is Outcome.REFUND


@pytest.mark.parametrize(
    ("fee", "as_of", "void"),
    [
        (FeePaid(date(2026, 12, 1), date(2026, 12, 1)), on(99), False),
        (FeePaid(date(2026, 12, 1), date(2026, 12, 2)), on(99), True),
        (FeePaid(date(2026, 12, 1)), date(2026, 12, 1), False),
        (FeePaid(date(2026, 12, 1)), date(2026, 12, 2), True),
        (FeePaid(), on(99), False),
    ],
    ids=["on the last day", "a day late", "not due yet", "overdue", "never claimed"],
)
def test_a_fee_paid_late_voids_the_guarantee_where_that_was_agreed(fee, as_of, void):
    strict = replace(STEPPED, void_when_paid_late=True)

    assert (judged(left(40), strict, fee, as_of).outcome is Outcome.VOID) is void
    assert judged(left(40), STEPPED, fee, as_of).outcome is Outcome.REFUND


def test_a_replacement_is_owed_to_the_last_day_and_the_refund_from_the_next():
    leaving = left(40, noticed_on=on(42), wants_replacement=True)

    owed = judged(leaving, as_of=on(72))

    assert (owed.outcome, owed.until) == (Outcome.OWED, on(72))
    assert not owed.refund(FEE)
    assert judged(leaving, as_of=on(73)).outcome is Outcome.REFUND


def test_where_no_days_are_named_a_replacement_is_owed_for_sixty():
    assert replacement_due(PRO_RATA, on(0)) == on(60)
    assert replacement_due(STEPPED, on(0)) == on(30)


@pytest.mark.parametrize(("replaced", "outcome"), [(72, Outcome.REPLACED), (73, Outcome.REFUND)])
def test_who_is_replaced_in_time_gives_no_refund(replaced, outcome):
    leaving = left(40, noticed_on=on(42), wants_replacement=True, replaced_on=on(replaced))

    assert judged(leaving, as_of=on(80)).outcome is outcome


def test_a_replacement_in_time_stands_although_the_fee_was_paid_late():
    strict = replace(STEPPED, void_when_paid_late=True)
    leaving = left(40, wants_replacement=True, replaced_on=on(50))
    late = FeePaid(date(2026, 12, 1), date(2026, 12, 9))

    assert judged(leaving, strict, late, on(80)).outcome is Outcome.REPLACED


def test_a_fee_paid_late_voids_the_refund_and_not_the_replacement():
    strict = replace(STEPPED, void_when_paid_late=True)
    leaving = left(40, wants_replacement=True)
    late = FeePaid(date(2026, 12, 1), date(2026, 12, 9))

    owed = judged(leaving, strict, late, on(70))

    assert (owed.outcome, owed.share) == (Outcome.OWED, 0)
    assert judged(leaving, strict, late, on(71)).outcome is Outcome.VOID


def test_notice_after_its_last_day_is_an_expired_claim():
    assert judged(left(40, noticed_on=on(54))).outcome is Outcome.REFUND
    assert judged(left(40, noticed_on=on(55))).outcome is Outcome.EXPIRED


def test_a_replacement_has_the_rest_of_the_guarantee_and_its_steps():
    assert Clock(STEPPED, STARTED, 40).ends_on == on(50)
    first, last = judged(left(20), served=40), judged(left(50), served=40)

    assert (first.day, first.tier, first.share) == (60, 2, Fraction(1, 2))
    assert (last.day, last.tier) == (90, 3)
    assert judged(left(51), served=40).outcome is Outcome.EXPIRED


def test_the_rest_of_the_guarantee_is_thirty_days_at_least_at_the_last_share():
    assert Clock(STEPPED, STARTED, 80).ends_on == on(30)
    assert judged(left(30), served=80).share == Fraction(1, 4)
    assert judged(left(31), served=80).outcome is Outcome.EXPIRED


def test_nobody_leaves_before_the_start():
    with pytest.raises(LeftBeforeStart, match=r"left on 2026-10-04, before the start on"):
        judged(left(-1))


SHARES = st.lists(st.integers(0, 1_000_000), min_size=1, max_size=5).map(
    lambda found: sorted(found, reverse=True)
)


@st.composite
def guarantees(draw):
    if draw(st.booleans()):
        return Guarantee(draw(st.integers(1, 365)), except_layoff=draw(st.booleans()))
    shares = draw(SHARES)
    ends = draw(
        st.lists(st.integers(1, 365), min_size=len(shares), max_size=len(shares), unique=True)
    )
    steps = [GuaranteeStep(*each) for each in zip(sorted(ends), shares, strict=True)]
    return Guarantee(max(ends), tuple(steps), 30, draw(st.booleans()), draw(st.booleans()))


@given(
    agreed=guarantees(),
    day=st.integers(0, 400),
    served=st.integers(0, 300),
    fee=st.integers(0, 10**12),
    reason=st.sampled_from(Reason),
)
def test_no_refund_is_ever_above_the_fee_or_below_nothing(agreed, day, served, fee, reason):
    paid = Money(fee, "CNY")

    back = judged(left(day, reason), agreed, served=served).refund(paid)

    assert 0 <= back.minor <= fee


@given(
    agreed=guarantees(),
    served=st.integers(0, 300),
    fee=st.integers(0, 10**12),
    days=st.tuples(st.integers(0, 400), st.integers(0, 400)),
)
def test_who_stays_longer_is_never_given_back_more_for(agreed, served, fee, days):
    sooner, later = sorted(days)
    paid = Money(fee, "CNY")

    early = judged(left(sooner), agreed, served=served).refund(paid)

    assert early >= judged(left(later), agreed, served=served).refund(paid)
