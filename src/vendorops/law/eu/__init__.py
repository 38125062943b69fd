"""The European Union: what holds in all of its member states.

Working days are those of TARGET, on which euros are moved.
"""

import holidays

from vendorops.domain.periods import Calendar

TITLE = "European Union"
CURRENCY = "EUR"


def calendar(years: range) -> Calendar:
    """Return the working days of some years."""
    return Calendar("eu", frozenset(holidays.financial_holidays("XECB", years=years)))
