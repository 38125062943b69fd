from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorops.domain.kpi import Value
from vendorops.domain.scorecard import (
    Band,
    Formula,
    Line,
    Metric,
    back_test,
    ranks,
    scored,
    total_of,
)

BANDS = (Band("gold", 1, 850_000), Band("silver", 2, 650_000), Band("bronze", 3, 0))


def formula(**weights: int) -> Formula:
    """Shares of one are worth their part of 100 points."""
    metrics = tuple(
        Metric(code, weight, Fraction(0), Fraction(1)) for code, weight in weights.items()
    )
    return Formula("x", date(2026, 1, 1), "", "", "working", 10, 300_000, metrics, BANDS)


def values(**shares: tuple[int, int]) -> dict[str, Value]:
    return {code: Value(code, "share", *share) for code, share in shares.items()}


EVEN = formula(fill_rate=500_000, offer_to_start=500_000)


def test_a_score_is_the_weighted_mean_of_its_lines():
    uneven = formula(fill_rate=250_000, offer_to_start=750_000)

    result = scored(uneven, values(fill_rate=(1, 3), offer_to_start=(9, 10)))

    assert [line.points_e4 for line in result.lines] == [333_333, 900_000]
    assert result.score_e4 == 758_333
    assert result.band == BANDS[1]


def test_what_was_not_measured_leaves_its_weight_to_the_others():
    assert scored(EVEN, values(fill_rate=(9, 10))).score_e4 == 900_000


def test_no_score_is_told_where_too_little_was_measured():
    little = formula(fill_rate=290_000, offer_to_start=710_000)

    result = scored(little, values(fill_rate=(1, 1)))

    assert (result.score_e4, result.band) == (None, None)


@pytest.mark.parametrize(
    ("hours", "points"), [(8, 10**6), (9, 10**6), (45, 0), (46, 0), (27, 500_000)]
)
def test_points_rise_evenly_between_their_ends_and_stop_there(hours, points):
    metric = Metric("time_to_submit", 10**6, Fraction(45), Fraction(9))

    assert metric.points(Fraction(hours)) == points


lines = st.lists(
    st.builds(
        Line,
        st.just("m"),
        st.integers(1, 10**6),
        st.one_of(st.none(), st.integers(0, 10**6)),
    ),
    min_size=1,
)


@given(lines)
def test_a_score_lies_between_its_worst_and_its_best_line(told):
    points = [line.points_e4 for line in told if line.points_e4 is not None]

    score = total_of(told, 0)

    assert (score is None) == (not points)
    assert score is None or min(points) <= score <= max(points)


def test_a_back_test_shows_who_moves_rank_and_band_and_by_how_much():
    figures = {
        "SUP-1": values(fill_rate=(9, 10), offer_to_start=(6, 10)),
        "SUP-2": values(fill_rate=(5, 10), offer_to_start=(9, 10)),
        "SUP-3": values(),
    }
    after_formula = formula(fill_rate=100_000, offer_to_start=900_000)
    before = {name: scored(EVEN, told) for name, told in figures.items()}
    after = {name: scored(after_formula, told) for name, told in figures.items()}

    first, second, third = back_test(before, after)

    assert (first.rank_before, first.rank_after, first.by_e4) == (1, 2, -120_000)
    assert (first.before.band, first.after.band) == (BANDS[1], BANDS[2])
    assert (second.rank_before, second.rank_after, second.by_e4) == (2, 1, 160_000)
    assert (third.rank_before, third.by_e4, third.moves) == (None, None, False)


def test_equal_scores_share_the_better_rank():
    one = scored(EVEN, values(fill_rate=(1, 2)))
    less = scored(EVEN, values(fill_rate=(1, 3)))

    assert ranks({"a": one, "b": one, "c": less}) == {"a": 1, "b": 1, "c": 3}
