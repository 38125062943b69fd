"""Paid by the day: what the method measures of each day."""

from vendorops.domain.earnings import shared

TITLE = "Daily"
TITLE_ZH = "日结"
PERIOD = "day"
EVERY = False
READS: tuple[str, ...] = ()
TAKES: tuple[str, ...] = ()
earned = shared
