"""Measures one supplier's period, in working hours and in all hours; a formula chooses."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from zoneinfo import ZoneInfo

from vendorops.books import Books, canonical
from vendorops.books.working_days import working_days
from vendorops.domain.attribution import Counted, WorkingHours, every_hour
from vendorops.domain.kpi import Value, measured
from vendorops.domain.periods import Calendar, Period
from vendorops.law import jurisdiction
from vendorops.tables import Supplier
from vendorops.working.measuring.feeds import facts_of

MODES = ("working", "calendar")
"""Which hours count: those in which our first company works, or all of them."""
YEARS_BEFORE = 3
"""How far before its period a search may have begun for its holidays to be known."""

Figures = Mapping[str, Mapping[str, Value]]
"""Every figure by its code, for each of MODES."""


def figures_of(books: Books, supplier: Supplier, period: Period) -> Figures:
    """Return every figure of a supplier's period that can be told on the day of the books."""
    facts = facts_of(books, supplier)
    counting: dict[str, Counted] = {
        "working": WorkingHours(_calendar(books, period), ZoneInfo(books.settings.zone)),
        "calendar": every_hour,
    }
    return {
        mode: measured(facts, period, books.as_of, counted) for mode, counted in counting.items()
    }


def _calendar(books: Books, period: Period) -> Calendar:
    seats = working_days(books).seats
    years = range(period.start.year - YEARS_BEFORE, max(period.end, books.as_of).year + 1)
    return jurisdiction(seats[0]).calendar(years) if seats else Calendar("weekdays")


def kept(figures: Figures) -> str:
    """Write figures as canonical JSON, to be kept with what was computed from them."""
    told = {
        mode: {code: asdict(value) for code, value in values.items()}
        for mode, values in figures.items()
    }
    return canonical(told).decode()


def read_back(told: str) -> Figures:
    """Return figures as `kept` wrote them."""
    return {
        mode: {code: Value(**value) for code, value in values.items()}
        for mode, values in json.loads(told).items()
    }
