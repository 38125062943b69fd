"""Paid by the finished product: what it brought up to the end of a month with finished pieces."""

from vendorops.domain.earnings import shared

TITLE = "Per finished product"
TITLE_ZH = "按成品结算"
PERIOD = "product"
EVERY = False
READS: tuple[str, ...] = ("product",)
TAKES: tuple[str, ...] = ()
earned = shared
