"""The People's Republic of China: tax kept back from payments to people who are not employed.

Working days follow the yearly notice of the State Council, make-up weekends included.
"""

import holidays

from vendorops.domain.periods import Calendar

TITLE = "China"
CURRENCY = "CNY"


def calendar(years: range) -> Calendar:
    """Return the working days of some years; make-up days of years not announced are missing."""
    known = holidays.country_holidays("CN", years=years)
    makeup = frozenset(day for day in known.weekend_workdays if day.year in years)
    return Calendar("cn", frozenset(known), makeup)
