"""What a company paid out of its clients' money before it began to pay from nothing else.

While a company pays from whatever stands on its account, nothing is taken off its clients' money.
On the day from which only confirmed funds count, what it paid since it last did so is taken to be
paid from them, as far as they went: it may be too little that is left, and never too much.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

Policies = Sequence[tuple[date, bool]]
"""First day of each policy, oldest first, and whether only confirmed funds are paid from."""
ByDay = Mapping[date, int]
"""Minor units of one currency by the day on which they came or went."""


def spent_before(policies: Policies, came: ByDay, went: ByDay, by: date) -> int:
    """Return what of clients' money was spent before only confirmed funds counted, as of a day.

    `came` is what clients paid in less what they were paid back, `went` everything that was paid
    out and neither refused nor returned; both whole, whatever policy held.

    >>> since = [(date(2026, 12, 1), True)]
    >>> came, went = {date(2026, 11, 2): 1000}, {date(2026, 11, 5): 600}
    >>> spent_before(since, came, went, date(2026, 12, 1))
    600
    >>> spent_before(since, came, went, date(2026, 11, 30))
    0
    """
    spent = earlier = 0
    for start, end in _free_to(policies, by):
        paid = _sum(went, start, end)
        left = _sum(came, date.min, end) - (_sum(went, date.min, start) - earlier) - spent
        spent += min(paid, max(left, 0))
        earlier += paid
    return spent


def _free_to(policies: Policies, by: date) -> Iterator[tuple[date, date]]:
    """Yield the stretches in which everything was paid from, each ended by a day up to `by`."""
    start: date | None = date.min
    for day, confirmed in policies:
        if day > by:
            return
        if confirmed and start is not None:
            yield start, day
            start = None
        elif not confirmed and start is None:
            start = day


def _sum(amounts: ByDay, start: date, end: date) -> int:
    return sum(minor for day, minor in amounts.items() if start <= day < end)
