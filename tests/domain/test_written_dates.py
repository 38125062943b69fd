"""Days are found in the spellings of licences, and nothing else is taken for one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorops.domain.periods import Period, months_after
from vendorops.domain.written_dates import dates_in

DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))
NEW_YEAR = date(2026, 1, 1)


def spellings(day: date) -> list[str]:
    year, month, number = day.year, day.month, day.day
    return [
        day.isoformat(),
        f"{year}年{month}月{number}日",
        f"{year} 年 {month:02} 月 {number:02} 日",
        f"{year}/{month}/{number}",
        f"{year}.{month:02}.{number:02}",
        f"{number:02}.{month:02}.{year}",
        f"{number}-{month}-{year}",
        f"{day:%-d %B %Y}",
        f"{day:%B %-d, %Y}",
        f"{day:%-d %b %Y}",
        f"{day:%-d %b. %Y}",
    ]


@given(day=DAYS, before=st.sampled_from(["", "自", "valid from ", "No. 12 "]))
def test_a_day_is_found_in_every_spelling_whatever_stands_around_it(day, before):
    for spelling in spellings(day):
        assert dates_in(f"{before}{spelling} 止; issued by X") == {day}, spelling


@given(day=DAYS)
def test_a_day_with_slashes_is_read_in_both_orders(day):
    found = dates_in(f"{day.month}/{day.day}/{day.year}")

    assert day in found
    assert len(found) <= 2


@given(text=st.text("0123456789./-年月日 一二三十", max_size=60))
def test_any_text_has_days_or_none_but_never_breaks(text):
    assert all(isinstance(day, date) for day in dates_in(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "320583-LD-2025-0042",
        "2026-13-01",
        "2026-02-30",
        "91320583MA1Y6TD98X",
        "14.30 Uhr",
        "1.2.3",
    ],
)
def test_numbers_that_are_no_days_are_not_taken_for_days(text):
    assert dates_in(text) == frozenset()


@pytest.mark.parametrize(
    "text", ["二〇二六年一月一日", "1. Januar 2026", "1st January 2026", "２０２６年１月１日"]
)
def test_rarer_spellings_are_found_too(text):
    assert dates_in(text) == {NEW_YEAR}


@given(day=DAYS, months=st.integers(0, 480))
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day, months):
    later = months_after(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or later == Period.month_of(later).end - (
        date(2, 1, 2) - date(2, 1, 1)
    )
    assert later.day <= day.day
