"""Exampleland, an invented country (XA is for private use in ISO 3166): how law is written."""

from datetime import date

from vendorops.domain.periods import Calendar

TITLE = "Exampleland"
CURRENCY = "EUR"

NEW_YEAR = (1, 1)
FOUNDATION_DAY = (7, 20)


def calendar(years: range) -> Calendar:
    """Return the working days of some years: two holidays a year, no make-up days."""
    days = (NEW_YEAR, FOUNDATION_DAY)
    return Calendar("xa", frozenset(date(year, *day) for year in years for day in days))
