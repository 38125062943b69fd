"""Paid by the project: what the method measures of it until it is finished."""

from vendorops.domain.earnings import shared

TITLE = "Per project"
TITLE_ZH = "按项目结算"
PERIOD = "project"
EVERY = False
READS: tuple[str, ...] = ("project",)
TAKES: tuple[str, ...] = ()
earned = shared
