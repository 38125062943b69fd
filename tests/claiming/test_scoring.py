"""Two claims are alike for reasons that add up, and monthly sameness is no reason."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from vendorops.claiming.duplicates.finding import on_beat
from vendorops.claiming.duplicates.scoring import Surroundings, likeness
from vendorops.claiming.duplicates.sight import ClaimSight, LineSight
from vendorops.claiming.duplicates.terms import WEIGHTS
from vendorops.naming.numbers import number_skeleton

DAY = date(2026, 10, 31)
POLICY = WEIGHTS.on(DAY)
NOTHING = Surroundings()


def sight(number="INV-2026-041", text="retainer", work=0, **changed) -> ClaimSight:
    """A claim of one line."""
    usual: dict[str, Any] = {
        "id": 1,
        "reference": "INV-2026-000001",
        "supplier_id": 1,
        "contract_id": 1,
        "credit": False,
        "number": number_skeleton(number),
        "issue_date": DAY,
        "currency": "CNY",
        "net_minor": 100_000,
        "gross_minor": 106_000,
        "lines": (LineSight(work, text, 10_000, changed.get("net_minor", 100_000)),),
    }
    return ClaimSight(**(usual | changed))


def codes(found) -> set[str]:
    return {part.code for part in found.parts}


@pytest.mark.parametrize(
    "number",
    ["lNV-2026-O41", "INV 2026 041", "inv-2026-0041", "\u0406NV-2026-041", "INV/2026/41"],
)
def test_a_number_that_only_prints_otherwise_makes_an_equal_claim_certain(number):
    found = likeness(sight(number), sight(), NOTHING, POLICY)

    assert found.certain
    assert "same_number" in codes(found)


@pytest.mark.parametrize("number", ["041", "2026-041", "INV-041"])
def test_a_number_without_its_prefix_or_year_needs_a_person(number):
    found = likeness(sight(number), sight(), NOTHING, POLICY)

    assert not found.certain
    assert found.score >= POLICY.threshold
    assert "same_serial" in codes(found)


@pytest.mark.parametrize(
    ("number", "other", "alike"),
    [
        ("INV202600041", "41", True),
        ("INV-041", "41", True),
        ("10000417", "0417", False),
        ("10004171", "4171", True),
        ("M90002", "2025-002", False),
        ("10420", "20", False),
    ],
)
def test_a_numeral_that_ends_in_the_same_digits_is_no_number_without_its_prefix(
    number, other, alike
):
    for ours, theirs in ((number, other), (other, number)):
        found = likeness(sight(ours), sight(theirs), NOTHING, POLICY)
        assert ("same_serial" in codes(found)) is alike


@pytest.mark.parametrize(
    ("apart", "beat"),
    [((7, 7), 7), ((7, 8), 7), ((6, 3), 0), ((7, 10), 0), ((30, 31), 30), ((14, 17), 14)],
)
def test_a_rhythm_is_two_intervals_that_are_alike_for_their_length(apart, beat):
    last, before = apart
    days = (last, last + before)
    earlier = [sight(issue_date=DAY - timedelta(days=ago)) for ago in days]

    assert on_beat(sight(), earlier) == beat


def test_who_claims_by_the_month_has_no_other_rhythm_because_of_a_claim_in_between():
    months = [12, 42, 73, 103]
    between = [sight(issue_date=DAY - timedelta(days=ago)) for ago in (*months, 24)]
    fortnights = [sight(issue_date=DAY - timedelta(days=14 * at)) for at in range(1, 6)]

    assert on_beat(sight(), between) == 0
    assert on_beat(sight(), fortnights) == 14


def test_the_series_of_another_year_is_no_likeness_of_numbers():
    found = likeness(sight("INV-2027-041"), sight(), NOTHING, POLICY)

    assert not codes(found) & {"same_number", "same_serial", "slip"}


@pytest.mark.parametrize(("number", "slipped"), [("INV-2026-401", True), ("INV-2026-042", False)])
def test_changed_places_are_a_slip_and_the_next_number_is_none(number, slipped):
    assert ("slip" in codes(likeness(sight(number), sight(), NOTHING, POLICY))) is slipped


def test_the_same_amount_and_words_a_month_later_are_below_the_threshold():
    earlier = sight("R-001", issue_date=date(2026, 9, 30))

    assert likeness(sight("R-002"), earlier, NOTHING, POLICY).score < POLICY.threshold


def test_the_same_amount_and_words_a_week_later_need_a_person_unless_that_is_the_rhythm():
    earlier = sight("R-001", issue_date=date(2026, 10, 24))

    assert likeness(sight("R-002"), earlier, NOTHING, POLICY).score >= POLICY.threshold
    weekly = Surroundings(beat_days=7)
    assert likeness(sight("R-002"), earlier, weekly, POLICY).score < POLICY.threshold


def test_no_rhythm_excuses_a_second_claim_for_one_period():
    text = "guard week 41"
    earlier = sight("R-001", text, issue_date=date(2026, 10, 24))

    found = likeness(sight("R-002", text), earlier, Surroundings(beat_days=7), POLICY)

    assert found.score >= POLICY.threshold
    assert "same_period_text" in codes(found)


def test_the_next_week_in_the_same_words_is_the_next_of_a_series():
    earlier = sight("R-001", "guard week 41", issue_date=date(2026, 10, 24))

    found = likeness(sight("R-002", "guard week 42"), earlier, NOTHING, POLICY)

    assert "other_figures" in codes(found)
    assert found.score < POLICY.threshold


def test_other_work_of_the_same_amount_on_the_same_day_is_another_claim():
    assert likeness(sight("R-2", work=8), sight("R-1", work=9), NOTHING, POLICY).score == 0


def test_two_halves_of_one_work_are_two_claims_until_more_is_claimed_than_delivered():
    again, first = sight("R-2", work=8), sight("R-1", work=8)

    assert likeness(again, first, NOTHING, POLICY).score < POLICY.threshold
    overdrawn = Surroundings(overdrawn={8})
    assert likeness(again, first, overdrawn, POLICY).score >= POLICY.threshold


def test_work_billed_anew_at_another_price_is_seen():
    dearer = sight("R-2", work=8, net_minor=101_000, gross_minor=107_060)

    found = likeness(dearer, sight("R-1", work=8), Surroundings(overdrawn={8}), POLICY)

    assert found.score >= POLICY.threshold
    assert {"same_work", "other_amount"} <= codes(found)


def test_a_claim_within_a_larger_one_is_seen_as_all_of_the_smaller():
    more = LineSight(9, "travel", 10_000, 900_000)
    larger = replace(sight("R-2", work=8), lines=(*sight(work=8).lines, more), gross_minor=1)

    found = likeness(larger, sight("R-1", work=8), Surroundings(overdrawn={8}), POLICY)

    assert "100 % of one is work of the other again" in str(found.parts)


def test_the_score_is_the_sum_of_its_parts_and_every_part_says_why():
    found = likeness(sight("041"), sight(), NOTHING, POLICY)

    assert found.score == sum(part.points for part in found.parts)
    assert all(part.sentence for part in found.parts)
    assert max(Counter(part.code for part in found.parts).values()) == 1
