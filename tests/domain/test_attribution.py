from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorops.domain.attribution import HOUR, Begun, WorkingHours, attributed, every_hour
from vendorops.domain.periods import Calendar
from vendorops.domain.turns import Turn

MONDAY = datetime(2026, 11, 2, tzinfo=UTC)
SHANGHAI = WorkingHours(
    Calendar("test", holidays=frozenset({date(2026, 11, 4)})), ZoneInfo("Asia/Shanghai")
)
BERLIN = WorkingHours(Calendar("test"), ZoneInfo("Europe/Berlin"))
COUNTED = [every_hour, SHANGHAI, BERLIN]

instants = st.integers(0, 31 * 24 * HOUR).map(
    lambda ticks: datetime(2026, 10, 20, tzinfo=UTC) + timedelta(microseconds=ticks)
)
turns = st.lists(
    st.builds(Begun, instants, st.sampled_from("abc"), st.sampled_from([*Turn, None])), max_size=12
)


def at(hours: float) -> datetime:
    return MONDAY + timedelta(hours=hours)


@pytest.mark.parametrize("counted", COUNTED)
@given(begun=turns, start=instants, length=st.timedeltas(timedelta(0), timedelta(days=25)))
def test_the_parts_of_any_stretch_sum_to_the_whole_to_the_microsecond(
    counted, begun, start, length
):
    end = start + length

    parts = attributed(begun, start, end, counted)

    assert sum(parts.values()) == counted(start, end)
    assert min(parts.values()) >= 0


@pytest.mark.parametrize("counted", COUNTED)
@given(three=st.lists(instants, min_size=3, max_size=3).map(sorted))
def test_adjoining_stretches_count_as_much_as_the_whole(counted, three):
    first, middle, last = three

    assert counted(first, middle) + counted(middle, last) == counted(first, last)


@given(begun=turns, start=instants, length=st.timedeltas(timedelta(0), timedelta(days=25)))
def test_nothing_is_laid_to_the_supplier_while_the_buyer_is_waited_for(begun, start, length):
    asked_of_buyer = [*begun, Begun(datetime(2026, 10, 1, tzinfo=UTC), "open", Turn.BUYER)]

    parts = attributed(asked_of_buyer, start, start + length, every_hour)

    assert parts[Turn.SUPPLIER] == parts[Turn.PROGRAM] == 0


def test_working_hours_leave_out_nights_weekends_and_holidays_of_the_place():
    friday = datetime(2026, 11, 6, tzinfo=UTC)

    assert SHANGHAI(MONDAY, friday + timedelta(days=3)) // HOUR == 4 * 9
    assert SHANGHAI(at(1), at(2)) == HOUR  # 09:00 to 10:00 there.
    assert SHANGHAI(at(10), at(24)) == 0


def test_a_change_of_clocks_in_the_night_leaves_the_working_day_as_long():
    summer_ends = datetime(2026, 10, 23, tzinfo=UTC)

    assert BERLIN(summer_ends, summer_ends + timedelta(days=7)) // HOUR == 5 * 9


def test_time_that_waits_for_nobody_is_the_programs():
    over = [Begun(at(0), "REQ", Turn.SUPPLIER), Begun(at(2), "REQ", None)]

    parts = attributed(over, at(0), at(5), every_hour)

    assert (parts[Turn.SUPPLIER], parts[Turn.PROGRAM]) == (2 * HOUR, 3 * HOUR)
