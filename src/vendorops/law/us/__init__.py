"""The United States: what payers report of people who are not employed, and keep back from them.

Days that are not business days are those of the District of Columbia (26 U.S.C. 7503).
"""

import holidays

from vendorops.domain.periods import Calendar

TITLE = "United States"
CURRENCY = "USD"


def calendar(years: range) -> Calendar:
    """Return the working days of some years."""
    known = holidays.country_holidays("US", subdiv="DC", years=years)
    return Calendar("us", frozenset(known))
