"""From claimed to payable, step by step: every cent between the two has its own step."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from vendorops.documents.months.telling import ContractMonth, Line
from vendorops.documents.notices.heading import said
from vendorops.documents.notices.reasons import CREDITS, REASONS_ZH
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.domain.matching import Reason
from vendorops.domain.money import Money

SENTENCES = {reason.value: reason.sentence for reason in Reason}


@dataclass(frozen=True)
class Step:
    """One bar: a sum of what was before, or what is added or taken off."""

    code: str
    amount: Money
    is_sum: bool = False


TITLES = {
    "claimed": ("请款净额", "Claimed, net"),
    "agreed": ("已确认净额", "Agreed, net"),
    "payable": ("应付净额", "Payable"),
    "rejected": ("已退回的请款", "Claims that were rejected"),
    "unmatched": ("尚未对账", "Not matched yet"),
    "settled_elsewhere": ("在其他月份结算", "Settled in another month"),
    "unsettled": ("尚未结算", "Not settled yet"),
    "earlier": ("以前月份的请款", "Claims of other months"),
    "credits": ("其他抵扣", "Other credits"),
    "tax": ("增值税", "Value-added tax"),
    "withheld": ("代扣税款", "Tax withheld"),
    **CREDITS,
}
"""Chinese and English; any other code is the reason of a difference."""


def title(code: str, languages: str) -> str:
    """Return what a step is called in the languages of a paper."""
    zh, en = TITLES.get(code) or (REASONS_ZH[code], SENTENCES[code])
    return said(languages, zh=zh.rstrip("。"), en=en.rstrip("."))


def waterfall(of: ContractMonth) -> list[Step]:
    """Return the steps from what was claimed to what the month's settlements pay."""
    claimed = sum(line.row.net_minor for line in of.lines)
    steps = [("claimed", claimed), *_to_agreed(of)]
    agreed = sum(amount for _, amount in steps)
    found = [*steps, ("agreed", agreed), *_to_payable(of, agreed)]
    payable = sum(row.payable_minor for row in of.settlements)
    return [
        Step(code, Money(amount, of.currency), code in ("claimed", "agreed"))
        for code, amount in found
        if amount or code in ("claimed", "agreed")
    ] + [Step("payable", Money(payable, of.currency), is_sum=True)]


def _to_agreed(of: ContractMonth) -> Iterator[tuple[str, int]]:
    """Yield what is taken off because of what each claim line was found to be."""
    dead = [line for line in of.lines if line.invoice.status == InvoiceStatus.REJECTED]
    living = [line for line in of.lines if line.invoice.status != InvoiceStatus.REJECTED]
    yield "rejected", -sum(line.row.net_minor for line in dead)
    yield "unmatched", -sum(line.row.net_minor for line in living if line.run is None)
    disputed = sorted(
        (row.reason, row.amount_minor)
        for line in living
        for row in line.differences
        if row.treatment == "disputed"
    )
    for reason, rows in groupby(disputed, key=lambda row: row[0]):
        yield reason, -sum(amount for _, amount in rows)


def _to_payable(of: ContractMonth, agreed: int) -> Iterator[tuple[str, int]]:
    """Yield what lies between the agreed claims and what settlements of the month pay."""
    here = {row.id for row in of.settlements}
    settled = [line for line in of.lines if line.settled]
    elsewhere = sum(
        _net(line) for line in settled if line.settled and line.settled[1].id not in here
    )
    yield "settled_elsewhere", -elsewhere
    yield "unsettled", -(agreed - sum(map(_net, settled)))
    yield "earlier", of.earlier_minor
    for kind, minor in of.credited.items():
        yield kind, -minor
    yield "tax", sum(row.tax_minor for row in of.settlements)
    yield "withheld", -sum(row.withheld_minor for row in of.settlements)


def _net(line: Line) -> int:
    return line.settled[0].net_minor if line.settled else 0
