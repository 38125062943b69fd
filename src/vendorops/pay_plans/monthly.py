"""Paid by the month: what the method measures of each calendar month."""

from vendorops.domain.earnings import shared

TITLE = "Monthly"
TITLE_ZH = "月结"
PERIOD = "month"
EVERY = False
READS: tuple[str, ...] = ()
TAKES: tuple[str, ...] = ()
earned = shared
