"""Paid by the week: what the method measures from Monday to Sunday."""

from vendorops.domain.earnings import shared

TITLE = "Weekly"
TITLE_ZH = "周结"
PERIOD = "week"
EVERY = False
READS: tuple[str, ...] = ()
TAKES: tuple[str, ...] = ()
earned = shared
