from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from vendorops.domain.attribution import HOUR, Begun, every_hour
from vendorops.domain.kpi import Facts, Judged, Placed, Search, measured
from vendorops.domain.periods import Period
from vendorops.domain.turns import Turn

NOVEMBER = Period.month("2026-11")
YEAR_LATER = date(2027, 11, 1)
RELEASED = datetime(2026, 11, 2, tzinfo=UTC)


def after(hours: int) -> datetime:
    return RELEASED + timedelta(hours=hours)


def figures(facts: Facts, period: Period = NOVEMBER, day: date = YEAR_LATER):
    return measured(facts, period, day, every_hour)


def search(**told) -> Search:
    supplier = Begun(RELEASED, "REQ-1", Turn.SUPPLIER)
    turns = (supplier, *told.pop("turns", ()))
    return Search("REQ-1", told.pop("positions", 1), RELEASED, turns, **told)


def test_the_buyers_delay_is_told_and_not_counted_against_the_supplier():
    waits = Begun(after(10), "SUB-1", Turn.BUYER), Begun(after(90), "SUB-1", Turn.SUPPLIER)
    one = search(turns=waits, reached={"time_to_fill": [after(100)]})

    value = figures(Facts([one]))["time_to_fill"]

    assert value.exact == 20
    assert {side: ticks // HOUR for side, ticks in value.sides.items()} == {
        "supplier": 20,
        "buyer": 80,
        "program": 0,
    }


def test_a_mean_time_is_exact_whatever_the_number_of_searches():
    searches = [search(reached={"time_to_submit": [after(hours)]}) for hours in (1, 1, 2)]

    assert figures(Facts(searches))["time_to_submit"].exact == Fraction(4, 3)


def test_each_position_filled_is_a_time_to_fill_in_the_month_it_was_filled():
    december = datetime(2026, 12, 2, tzinfo=UTC)
    one = search(positions=2, reached={"time_to_fill": [after(24), december]})

    assert figures(Facts([one]))["time_to_fill"].count == 1
    assert figures(Facts([one]), Period(date(2026, 11, 1), date(2027, 1, 1)))[
        "time_to_fill"
    ].exact == Fraction(24 + 30 * 24, 2)


def test_the_fill_rate_counts_positions_of_searches_that_ended_and_no_fill_twice():
    filled = search(positions=2, reached={"time_to_fill": [after(1)] * 3}, ended=after(9))
    missed = search(positions=3, ended=after(9))
    open_still = search(positions=5, reached={"time_to_fill": [after(1)]})

    assert figures(Facts([filled, missed, open_still]))["fill_rate"].exact == Fraction(2, 5)


def test_retention_counts_the_last_day_exactly_and_leaves_out_the_excused():
    start = date(2026, 11, 3)
    placed = [
        Placed(start, start + timedelta(days=30)),
        Placed(start, start + timedelta(days=29)),
        Placed(start, start + timedelta(days=10), excused=True),
        Placed(start),
    ]

    found = figures(Facts(placed=placed))

    assert found["retention_30"].exact == Fraction(2, 3)
    assert found["retention_90"].exact == Fraction(1, 3)


def test_retention_is_not_told_before_it_can_be_known():
    start = date(2026, 11, 3)

    day_before = figures(Facts(placed=[Placed(start)]), day=date(2026, 12, 2))

    assert day_before == {}
    assert "retention_30" in figures(Facts(placed=[Placed(start)]), day=date(2026, 12, 3))


def test_a_figure_without_anything_to_measure_by_is_not_there():
    assert figures(Facts()) == {}


@given(days=st.lists(st.tuples(st.dates(date(2026, 10, 1), date(2026, 12, 31)), st.booleans())))
def test_shares_of_adjoining_months_add_up_to_those_of_both(days):
    facts = Facts(shares={"acceptance_first_time": [Judged(*one) for one in days]})
    both = Period(date(2026, 10, 1), date(2026, 12, 1))

    parts = [figures(facts, Period.month(month)) for month in ("2026-10", "2026-11")]
    known = [part["acceptance_first_time"] for part in parts if part]
    whole = figures(facts, both).get("acceptance_first_time")

    assert sum(value.total for value in known) == (whole.total if whole else 0)
    assert sum(value.count for value in known) == (whole.count if whole else 0)
