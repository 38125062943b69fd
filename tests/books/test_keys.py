"""Keys of several processes never meet, even where a clock stands still or is ahead."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vendorops.books.keys import Mint

NOON = datetime(2026, 11, 4, 12, tzinfo=UTC)


def two() -> tuple[Mint, Mint]:
    """Mints of two processes, which hardly ever have one number."""
    first, second = Mint(), Mint()
    while second.next(NOON) == first.next(NOON):
        second = Mint()
    return first, second


@given(
    ahead=st.integers(-5_000, 5_000).map(lambda ms: timedelta(milliseconds=ms)),
    before=st.integers(0, 400),
    after=st.integers(1, 400),
)
def test_whoever_saw_the_end_of_the_history_mints_above_all_that_came_with_it(
    ahead, before, after
):
    other, ours = two()
    other.block(before + 1, NOON + ahead)
    event = other.next(NOON + ahead)
    last = other.block(after, NOON + ahead) + after - 1  # Rows that came after the last event.

    ours.see(event)

    assert ours.next(NOON) > last


def test_two_who_saw_the_same_end_do_not_mint_the_same_next():
    first, second = two()
    event = Mint().next(NOON + timedelta(days=1))

    for mint in (first, second):
        mint.see(event)

    assert first.next(NOON) != second.next(NOON)
