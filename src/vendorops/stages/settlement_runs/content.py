"""Spells what a settlement shows, for many at once: the bytes that one alone is approved by.

`settlement_statement` says what they are; a test holds the two equal, and so does the invariant
that every settlement, shown again from its rows, is the content that was approved.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

from vendorops.books import canonical
from vendorops.domain.finding import Finding
from vendorops.stages.settlement_runs.columns import Flags, Lines, Payees, Whole
from vendorops.stages.settlement_runs.taxing import Kind, Taxed

LINE = '["%s",%d,%d,%d]'
"""Invoice, line, net and tax."""
SHOWN = (
    '{"contract":"%s","currency":{currency},"due_on":"%s","findings":{findings},"lines":[%s],'
    '"month":{month},"net_minor":%d,"payable_minor":%d,"reconciliation":"%s","supplier":"%s",'
    '"tax_minor":%d,"withheld_minor":%d,"withholdings":[{"amount_minor":%d,"base_minor":%d,'
    '"citations":{citations},"income_kind":{income_kind},"income_minor":%d,"month":{taxed_in},'
    '"rule":{rule},"tax":{tax}}]}'
)
"""What all settlements of a kind say stands in braces."""


@dataclass(frozen=True)
class Amounts:
    """What settlements come to, in minor units, by column."""

    net: Whole
    tax: Whole
    base: Whole
    withheld: Whole

    @property
    def payable(self) -> Whole:
        """What goes to each payee."""
        return self.net + self.tax - self.withheld

    def at(self, chosen: Flags) -> "Amounts":
        """Return what those come to that are chosen."""
        columns = (self.net, self.tax, self.base, self.withheld)
        return Amounts(*(column[chosen] for column in columns))


def contents(
    payees: Payees, due_on: Sequence[str], amounts: Amounts, tax: Taxed, month: str
) -> list[str]:
    """Return the hash of what each settlement shows."""
    spelled = {number: _spelled(kind, month) for number, kind in tax.kinds.items()}
    of = payees.contracts
    net, withheld = amounts.net.tolist(), amounts.withheld.tolist()
    said = zip(
        of.contract.tolist(),
        due_on,
        _lines(payees.lines, of.count),
        net,
        amounts.payable.tolist(),
        of.reconciliation.tolist(),
        of.supplier.tolist(),
        amounts.tax.tolist(),
        withheld,
        withheld,
        amounts.base.tolist(),
        net,
        strict=True,
    )
    templates = map(spelled.__getitem__, tax.kind.tolist())
    return [
        sha256((template % each).encode()).hexdigest()
        for template, each in zip(templates, said, strict=True)
    ]


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings as they are shown: by code and place, each once."""
    once = {(finding.code, finding.where): finding for finding in findings}
    return [once[key] for key in sorted(once)]


def of_all(contents: Sequence[str]) -> str:
    """Return the hash of the contents of settlements, in the order of their references."""
    return sha256("\n".join(contents).encode()).hexdigest()


def _spelled(kind: Kind, month: str) -> str:
    """Return the template of what settlements of a kind show."""
    said = kind.columns
    same = {
        "currency": canonical(said["currency"]).decode(),
        "findings": canonical([_told(each) for each in in_order(kind.findings)]).decode(),
        "month": canonical(month).decode(),
        "citations": said["citations"],
        "income_kind": canonical(said["income_kind"]).decode(),
        "taxed_in": canonical(said["month"]).decode(),
        "rule": canonical(said["rule"]).decode(),
        "tax": canonical(said["tax"]).decode(),
    }
    template = SHOWN
    for name, text in same.items():
        template = template.replace(f"{{{name}}}", text.replace("%", "%%"))
    return template


def _lines(lines: Lines, count: Whole) -> Iterator[str]:
    """Yield the lines of each contract, spelled one after the other."""
    columns = (lines.line, lines.net, lines.tax)
    numbers = (column.tolist() for column in columns)
    spelled = map(LINE.__mod__, zip(lines.invoice.tolist(), *numbers, strict=True))
    if (count == 1).all():
        return spelled
    return (",".join(islice(spelled, some)) for some in count.tolist())


def _told(finding: Finding) -> dict[str, object]:
    return {"code": finding.code, "level": finding.level.value, "message": finding.message}
