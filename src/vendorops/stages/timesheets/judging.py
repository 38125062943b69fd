"""Judges time before it is entered: each line by itself, then against the day of its worker.

Everything is looked up once for all lines, so that a file of a hundred thousand lines is judged
as a few sets and not as a hundred thousand questions.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from vendorops.books import Books
from vendorops.domain.measure import quantity_e4, quantity_text
from vendorops.domain.refusal import Refused
from vendorops.stages.timesheets.known import Known, known_time
from vendorops.stages.timesheets.orders import BEGUN, Order, orders_named, orders_of
from vendorops.stages.timesheets.rates import Caps, caps_of

DAY_E4 = 24 * 10**4
MONTH_E4 = 10**4
Person = tuple[str, str]
Claim = tuple[int, str, str, str, str]
"""One line as it was handed in: its number, then order, day, kind and quantity as text."""


class Worked(NamedTuple):
    """One line that was understood."""

    line: int
    order: Order
    day: date
    kind: str
    quantity_e4: int


@dataclass
class Judged:
    """What became of each line: it is sound, there already, or refused with a reason."""

    sound: list[Worked] = field(default_factory=list)
    unchanged: dict[int, str] = field(default_factory=dict)
    """Line to the sheet that has it."""
    refused: dict[int, str] = field(default_factory=dict)


def judge(books: Books, claims: Sequence[Claim]) -> Judged:
    """Judge lines; nothing stops at the first mistake and nothing is entered."""
    orders = orders_named(books, sorted({claim[1] for claim in claims}))
    judged = Judged()
    worked = _understood(books, claims, orders, judged)
    theirs = orders_of(books, {row.order.id: row.order for row in worked}.values())
    days = [row.day for row in worked]
    known = known_time(books, theirs, days)
    caps = caps_of(books, {row.order.id: row.order for row in worked}.values())
    fresh = _fresh(worked, known, caps, judged)
    clashes = _Clashes(known, theirs, fresh)
    if not clashes:
        judged.sound = fresh
        return judged
    for row in fresh:
        reason = clashes.reason(row)
        if reason:
            judged.refused[row.line] = reason
        else:
            judged.sound.append(row)
    return judged


def _understood(
    books: Books, claims: Sequence[Claim], orders: Mapping[str, Order], judged: Judged
) -> list[Worked]:
    days = {text: _day(text) for text in {claim[2] for claim in claims}}
    amounts = {text: _amount(text) for text in {claim[4] for claim in claims}}
    found, today = [], books.as_of
    for claim in claims:
        line, name, day_text, kind, quantity = claim
        order, day, amount = orders.get(name), days[day_text], amounts[quantity]
        if (
            order is not None
            and not isinstance(day, str)
            and not isinstance(amount, str)
            and order.starts_on <= day < order.ends_on
            and day <= today
            and kind in order.hours
            and amount <= DAY_E4
            and order.status in BEGUN
        ):
            found.append(Worked(line, order, day, kind, amount))
            continue
        reason = _fault(claim, order, day, amount, today)
        if reason:
            judged.refused[line] = reason
        elif order is not None and not isinstance(day, str) and not isinstance(amount, str):
            found.append(Worked(line, order, day, kind, amount))
    return found


def _day(text: str) -> date | str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return f"{text[:40]!r} is not a day; write it as 2026-10-31"
    return day if day.isoformat() == text else f"{text!r} is not a day; write it as 2026-10-31"


def _amount(text: str) -> int | str:
    try:
        amount = quantity_e4(text)
    except Refused as refusal:
        return str(refusal)
    return amount if amount > 0 else f"{text} is not above nothing; leave the line out"


def _fault(
    claim: Claim, order: Order | None, day: date | str, amount: int | str, today: date
) -> str:
    """Return what is wrong with a line whatever else there is; nothing where nothing is."""
    if order is None:
        return f"there is no order {claim[1][:40]!r}; name one such as WO-2026-000001"
    if order.status not in BEGUN:
        return f"{order.reference} is {order.status}, not active; no time is worked under it"
    for read in (day, amount):
        if isinstance(read, str):
            return read
    return _outside(claim[3], order, day, today) or _too_much(claim[3], order, amount)  # type: ignore[arg-type]  # text was told above.


def _outside(kind: str, order: Order, day: date, today: date) -> str:
    if not order.starts_on <= day < order.ends_on:
        return (
            f"{day} is outside {order.reference}, which runs from {order.starts_on} until before"
            f" {order.ends_on}; report the time under the order of that day"
        )
    if day > today:
        return f"{day} has not come yet; report time once it was worked"
    if kind not in order.hours | order.months:
        known = ", ".join(sorted(order.hours | order.months))
        return f"{kind[:40]!r} is no kind of time; write one of {known}"
    return ""


def _too_much(kind: str, order: Order, amount: int) -> str:
    if kind in order.hours and amount > DAY_E4:
        return f"{quantity_text(amount)} h are more than a day has; correct the hours"
    if kind in order.months and amount > MONTH_E4:
        return f"{quantity_text(amount)} months are more than one; correct the quantity"
    return ""


def _fresh(worked: Sequence[Worked], known: Known, caps: Caps, judged: Judged) -> list[Worked]:
    """Return what is not in the books yet, without what is there twice or costs too much."""
    first: dict[tuple[int, date, str], int] = {}
    fresh = []
    for row in worked:
        key = (row.order.id, row.day, row.kind)
        before = first.setdefault(key, row.line)
        if before != row.line:
            judged.refused[row.line] = (
                f"says the same order, day and kind as line {before}; keep one"
            )
            continue
        there = known.quantities.get(key)
        if there and there.quantity_e4 == row.quantity_e4:
            judged.unchanged[row.line] = there.sheet
            continue
        reason = (
            there.told(row.quantity_e4) if there else caps.reason(row.order, row.kind, row.day)
        )
        if reason:
            judged.refused[row.line] = reason
        else:
            fresh.append(row)
    return fresh


class _Clashes:
    """Finds days on which a person worked more than a day has, or at two places."""

    def __init__(self, known: Known, orders: Mapping[int, Order], fresh: Sequence[Worked]) -> None:
        self.hours: dict[tuple[Person, date], int] = defaultdict(int)
        self.places: dict[tuple[Person, date], tuple[int, str]] = {}
        self.torn: set[tuple[Person, date]] = set()
        self.months: dict[tuple[Person, str, int, int], int] = defaultdict(int)
        for (order_id, day, kind), there in known.quantities.items():
            self._add(orders[order_id], day, kind, there.quantity_e4)
        for row in fresh:
            self._add(row.order, row.day, row.kind, row.quantity_e4)

    def _add(self, order: Order, day: date, kind: str, quantity: int) -> None:
        if order.person is None:
            return
        if kind in order.months:
            self.months[order.person, kind, day.year, day.month] += quantity
            return
        at = (order.person, day)
        self.hours[at] += quantity
        if self.places.setdefault(at, order.place) != order.place:
            self.torn.add(at)

    def __bool__(self) -> bool:
        """Tell whether anybody's day or month has too much in it."""
        return bool(
            self.torn
            or max(self.hours.values(), default=0) > DAY_E4
            or max(self.months.values(), default=0) > MONTH_E4
        )

    def reason(self, row: Worked) -> str:
        """Return why a line cannot be, given everything else; nothing where it can."""
        person, day = row.order.person, row.day
        if person is None:
            return ""
        if row.kind in row.order.months:
            counted = self.months[person, row.kind, day.year, day.month]
            return (
                f"{quantity_text(counted)} months of {row.kind} in {day:%Y-%m} for one worker;"
                " a month is there once over all orders"
                if counted > MONTH_E4
                else ""
            )
        if self.hours[person, day] > DAY_E4:
            return (
                f"{quantity_text(self.hours[person, day])} h on {day} over all orders of the"
                f" worker of {row.order.reference}; a day has 24, correct the hours"
            )
        if (person, day) in self.torn:
            return (
                f"the worker of {row.order.reference} has time on {day} under another supplier or"
                " at another site too; one person is at one place, take one of them out"
            )
        return ""
