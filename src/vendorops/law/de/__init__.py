"""Germany: tax and levies on what companies pay to those they do not employ, and leased workers.

Working days are those on which all of Germany works; holidays of one state alone are not known.
"""

import holidays

from vendorops.domain.periods import Calendar

TITLE = "Germany"
CURRENCY = "EUR"


def calendar(years: range) -> Calendar:
    """Return the working days of some years."""
    return Calendar("de", frozenset(holidays.country_holidays("DE", years=years)))
