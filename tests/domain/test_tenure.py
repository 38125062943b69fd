"""How long a worker may be leased to one company: eighteen months, anew after a real break."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorops.domain.periods import Period, months_after
from vendorops.domain.tenure import (
    TenureRule,
    Used,
    chains,
    joined,
    length,
    passed_on,
    tenure,
)
from vendorops.law.tenure import places, rule_of


def rule_of_germany() -> TenureRule:
    found = rule_of("de", date(2026, 1, 1))
    assert found
    return found


RULE = rule_of_germany()
DAY = timedelta(days=1)
FIRST = date(2024, 1, 1)
days = st.integers(0, 1500).map(lambda after: FIRST + after * DAY)
lengths = st.integers(1, 700)
spells = st.builds(lambda start, long: Period(start, start + long * DAY), days, lengths)


def clock(served, day):
    stands = tenure(served, day, RULE)
    assert stands
    return stands


def span(start, end):
    return Period(date.fromisoformat(start), date.fromisoformat(end))


def test_one_unbroken_spell_ends_eighteen_calendar_months_after_it_began():
    served = [span("2025-01-15", "2026-07-15")]

    stands = clock(served, date(2026, 1, 1))

    assert stands.limit_on == date(2026, 7, 15)
    assert stands.equal_pay_on == date(2025, 10, 15)
    assert stands.used == Used(11, 17)
    assert stands.days == (date(2026, 1, 1) - date(2025, 1, 15)).days
    assert passed_on([], served[0], RULE) is None


def test_one_day_more_than_eighteen_months_is_past_the_limit():
    assert passed_on([], span("2025-01-15", "2026-07-16"), RULE) == date(2026, 7, 15)


@pytest.mark.parametrize(
    ("begins", "limit"),
    [("2026-04-01", "2026-10-01"), ("2026-04-02", "2027-10-02")],
    ids=["a gap of exactly three months counts on", "a day more begins anew"],
)
def test_only_a_gap_of_more_than_three_months_resets_the_clock(begins, limit):
    """Twelve months are used; after a short gap six are left, after a break eighteen."""
    served = [span("2025-01-01", "2026-01-01"), span(begins, "2028-01-01")]

    stands = clock(served, date(2026, 5, 1))

    assert stands.limit_on == date.fromisoformat(limit)


def test_a_gap_is_not_counted_and_single_days_make_months_of_thirty():
    served = [
        span("2025-01-01", "2025-03-21"),
        span("2025-05-01", "2025-07-16"),
        span("2025-08-01", "2025-09-01"),
    ]

    stands = clock(served, date(2025, 9, 1))

    assert stands.used == Used(6, 5)  # 2 m 20 d + 2 m 15 d + 1 m
    assert stands.days == 79 + 76 + 31


def test_the_clock_has_run_out_once_a_break_is_over():
    served = [span("2025-01-01", "2025-06-01")]

    assert clock(served, date(2025, 9, 1)).used == Used(5, 0)
    assert tenure(served, date(2025, 9, 2), RULE) is None
    assert tenure(served, date(2024, 12, 31), RULE) is None


def test_what_follows_a_stretch_is_pushed_past_the_limit_by_it():
    later = span("2025-09-01", "2026-12-01")

    assert passed_on([later], span("2025-01-01", "2025-07-01"), RULE) == date(2026, 9, 1)
    assert passed_on([later], span("2024-11-01", "2025-05-31"), RULE) is None


def test_only_a_place_whose_law_sets_a_clock_has_one():
    assert places() == ("de",)
    assert rule_of("de", date(2017, 4, 1)) == RULE
    assert (RULE.limit_months, RULE.break_months, RULE.equal_pay_months) == (18, 3, 9)
    assert "AÜG s. 1(1b)" in RULE.cite
    assert rule_of("de", date(2017, 3, 31)) is None
    assert rule_of("us", date(2026, 1, 1)) is None
    assert rule_of("moon", date(2026, 1, 1)) is None


@given(st.lists(spells, max_size=5))
def test_joined_spells_hold_the_same_days_and_never_touch(served):
    whole = joined(served)

    one_by_one = {
        each.start + n * DAY for each in served for n in range((each.end - each.start).days)
    }
    assert sum((each.end - each.start).days for each in whole) == len(one_by_one)
    assert all(a.end < b.start for a, b in pairwise(whole))


@given(spells, st.integers(1, 699), days)
def test_an_order_cut_in_two_has_the_clock_of_one(spell, at, day):
    cut = min(spell.start + at * DAY, spell.end - DAY)
    parts = [Period(spell.start, cut), Period(cut, spell.end)]

    assert tenure(parts, day, RULE) == tenure([spell], day, RULE)


@given(st.lists(spells, min_size=1, max_size=4), spells)
def test_days_used_are_those_a_plain_count_finds(served, asked):
    """Walk day by day: a gap of more than three months forgets what was before."""
    day = asked.start
    worked = {each.start + n * DAY for each in served for n in range((each.end - each.start).days)}
    count, last = 0, None
    walk = FIRST
    while walk < day:
        if walk in worked:
            if last and walk > months_after(last + DAY, RULE.break_months):
                count = 0
            count, last = count + 1, walk
        walk += DAY
    begins_today = day in worked and last and day > months_after(last + DAY, RULE.break_months)
    gone = last is None or (day > months_after(last + DAY, RULE.break_months))
    expected = 0 if begins_today or gone else count

    stands = tenure(served, day, RULE)

    assert (stands.days if stands else 0) == expected


@given(st.lists(spells, max_size=3), spells)
def test_a_stretch_that_is_let_in_keeps_every_chain_within_eighteen_months(served, wanted):
    if passed_on(served, wanted, RULE) is not None:
        return
    chain = next(
        each
        for each in chains([*served, wanted], RULE)
        if each[0].start <= wanted.start < each[-1].end
    )
    whole = Used(0, 0)
    for spell in chain:
        whole += length(spell)
    # Months differ by up to three days from thirty; the last spell may be shorter in its days.
    assert whole.months * 30 + whole.days <= RULE.limit_months * 30 + 3 * len(chain)
