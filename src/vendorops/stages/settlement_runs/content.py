"""Spells what a settlement shows, for many at once: the bytes that one alone is approved by.

`settlement_statement` says what they are; a test holds the two equal, and so does the invariant
that every settlement, shown again from its rows, is the content that was approved.
"""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from vendorops.books import canonical
from vendorops.domain.finding import Finding
from vendorops.stages.settlement_runs.reading import Payee
from vendorops.stages.settlement_runs.taxing import Kind


class Amounts(NamedTuple):
    """What a settlement comes to, in minor units."""

    net: int
    tax: int
    base: int
    withheld: int

    @property
    def payable(self) -> int:
        """What goes to the payee."""
        return self.net + self.tax - self.withheld


class Shown:
    """Spells settlements of one kind and month; what all of them say is spelled once."""

    def __init__(self, kind: Kind, month: str) -> None:
        self.month = _text(month)
        self.findings = _text([_told(finding) for finding in in_order(kind.findings)])
        said: dict[str, Any] = kind.columns
        self.currency = _text(said["currency"])
        named = ("income_kind", "month", "rule", "tax")
        self.kind, self.of, self.rule, self.tax = (_text(said[name]) for name in named)
        self.citations = said["citations"]

    def sha256(self, payee: Payee, amounts: Amounts, due_on: date) -> str:
        """Return the hash of what a settlement shows."""
        first = payee.first
        newest = max(payee.lines, key=lambda each: each.reconciliation_id)
        lines = ",".join(
            f'["{each.invoice}",{each.line},{each.net_minor},{tax}]'
            for each, tax in zip(payee.lines, payee.taxes, strict=True)
        )
        withheld = (
            f'{{"amount_minor":{amounts.withheld},"base_minor":{amounts.base},'
            f'"citations":{self.citations},"income_kind":{self.kind},'
            f'"income_minor":{amounts.net},"month":{self.of},"rule":{self.rule},"tax":{self.tax}}}'
        )
        content = (
            f'{{"contract":"{first.contract}","currency":{self.currency},"due_on":"{due_on}",'
            f'"findings":{self.findings},"lines":[{lines}],"month":{self.month},'
            f'"net_minor":{amounts.net},"payable_minor":{amounts.payable},'
            f'"reconciliation":"{newest.reconciliation}","supplier":"{first.supplier}",'
            f'"tax_minor":{amounts.tax},"withheld_minor":{amounts.withheld},'
            f'"withholdings":[{withheld}]}}'
        )
        return sha256(content.encode()).hexdigest()


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings as they are shown: by code and place, each once."""
    once = {(finding.code, finding.where): finding for finding in findings}
    return [once[key] for key in sorted(once)]


def of_all(contents: Sequence[str]) -> str:
    """Return the hash of the contents of settlements, in the order of their references."""
    return sha256("\n".join(contents).encode()).hexdigest()


def _told(finding: Finding) -> dict[str, object]:
    return {"code": finding.code, "level": finding.level.value, "message": finding.message}


def _text(value: object) -> str:
    return canonical(value).decode()
