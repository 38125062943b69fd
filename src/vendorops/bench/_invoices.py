"""A year of invoices as suppliers write them, some sent twice in ways that suppliers have."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count

import numpy as np

HOURS_E4 = 400_000
FIRST = date(2026, 1, 5)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """One line of a seeded claim."""

    text: str
    quantity_e4: int
    price_e6: int
    work: int = -1
    """Number of the work that it names, over all suppliers; -1 for none."""
    delivered_e4: int = 0
    """How much of that work was delivered."""


@dataclass(frozen=True)
class Claim:
    """One seeded claim."""

    supplier: int
    number: str
    day: date
    lines: tuple[Line, ...]
    credit: bool = False
    way: str = ""
    """How it was made again; empty for an honest claim."""
    of: str = ""
    """Number of the claim that it repeats, or that it takes back and names."""


class Writer:
    """Writes the claims of suppliers; the same seed writes the same."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self._works = count()

    def work(self, text: str, delivered: int = HOURS_E4, price: int = 0) -> Line:
        """Return a line for new work, all of it claimed."""
        price = price or self.price()
        return Line(text, delivered, price, next(self._works), delivered)

    def price(self) -> int:
        """Return a price from 20 to 200."""
        return int(self.random.integers(2_000, 20_000)) * 10_000

    def chance(self, share: float) -> bool:
        """Tell whether something of such a share of cases is the case."""
        return bool(self.random.random() < share)

    def upto(self, most: int) -> int:
        """Return a whole number from one."""
        return int(self.random.integers(1, most + 1))


def retainer(writer: Writer, supplier: int) -> Iterator[Claim]:
    """Claim the same amount each month, for a period that the line names."""
    price = writer.price()
    for month in range(1, 13):
        text = f"Payroll service, {date(2026, month, 1):%B %Y}"
        day = date(2026, month, 28)
        yield Claim(supplier, f"INV-2026-{month:03d}", day, (Line(text, 10_000, price),))


def silent_retainer(writer: Writer, supplier: int) -> Iterator[Claim]:
    """Claim the same in the same words each month, through two years with new numbers."""
    line = Line("Monthly retainer", 10_000, writer.price())
    for at in range(24):
        year, month = 2025 + at // 12, at % 12 + 1
        yield Claim(supplier, f"{year}-{month:03d}", date(year, month, 27), (line,))


def weekly_hours(writer: Writer, supplier: int) -> Iterator[Claim]:
    """Forty hours a week at one price: the same amount, each time for other work."""
    price = writer.price()
    for week in range(30):
        text = f"Sorting, week {week + 2}"
        lines = (writer.work(text, price=price),)
        yield Claim(supplier, f"{10_420 + week}", FIRST + week * WEEK, lines)


def unreferenced_weeks(writer: Writer, supplier: int) -> Iterator[Claim]:
    """Claim the same hours a week without naming work; only the words tell the weeks apart."""
    price = writer.price()
    for week in range(30):
        line = Line(f"Security guard, week {week + 2}", HOURS_E4, price)
        yield Claim(supplier, f"SG{week + 1:04d}", FIRST + week * WEEK, (line,))


def projects(writer: Writer, supplier: int) -> Iterator[Claim]:
    """Several lines of different work, now and then two claims of one amount on one day."""
    for at in range(18):
        lines = tuple(
            writer.work(f"Design package {at}.{part}", writer.upto(60) * 2_500)
            for part in range(1, writer.upto(5) + 1)
        )
        day = FIRST + timedelta(days=16 * at)
        yield Claim(supplier, f"P/{2 * at + 1:03d}/2026", day, lines)
        if writer.chance(0.3):
            twin = tuple(
                replace(writer.work(line.text, line.quantity_e4), price_e6=line.price_e6)
                for line in lines
            )
            yield Claim(supplier, f"P/{2 * at + 2:03d}/2026", day, twin)


def halves(writer: Writer, supplier: int) -> Iterator[Claim]:
    """Every piece of work in two equal parts, one when it begins and one when it ends."""
    for at in range(10):
        whole = writer.work(f"Translation {at + 1}", 2 * writer.upto(40) * 10_000)
        half = (replace(whole, quantity_e4=whole.quantity_e4 // 2),)
        day = FIRST + timedelta(days=25 * at)
        yield Claim(supplier, f"T-{2 * at + 1:04d}", day, half)
        yield Claim(supplier, f"T-{2 * at + 2:04d}", day + timedelta(days=14), half)


def small_charges(writer: Writer, supplier: int) -> Iterator[Claim]:
    """Charges of one amount for different people, several a day; some rightly twice."""
    numbers = count(1)
    for at in range(12):
        day = FIRST + timedelta(days=24 * at)
        for _ in range(writer.upto(3)):
            text = f"Background check, candidate {chr(64 + writer.upto(26))}{next(numbers)}"
            line = Line(text, 10_000, 55_000_000)
            yield Claim(supplier, f"BC-{next(numbers):05d}", day, (line,))
        if writer.chance(0.1):
            line = Line("Courier", 10_000, 9_000_000)
            for _ in range(2):
                yield Claim(supplier, f"BC-{next(numbers):05d}", day, (line,))


HABITS: tuple[Callable[[Writer, int], Iterator[Claim]], ...] = (
    retainer,
    silent_retainer,
    weekly_hours,
    unreferenced_weeks,
    projects,
    halves,
    small_charges,
)
