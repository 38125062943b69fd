"""The tree into which an amount unfolds, and how it is written for people and for programs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vendorops.domain.money import Money, total

INDENT = "    "


@dataclass(frozen=True)
class Check:
    """One sum or comparison that must hold for the amount above it to be right."""

    says: str
    holds: bool


@dataclass(frozen=True)
class Node:
    """One thing an amount rests on."""

    kind: str
    """payment, settlement, line, work, term, decision, difference, withholding, citation."""
    reference: str
    amount: Money | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    parts: tuple["Node", ...] = ()


def adds_up(what: str, parts: Sequence[Money], whole: Money) -> Check:
    """Return whether parts make a whole, to the smallest unit.

    >>> adds_up("2 lines", [Money(100, "EUR"), Money(50, "EUR")], Money(150, "EUR"))
    Check(says='2 lines: 1.50 EUR = 1.50 EUR', holds=True)
    """
    found = total(parts, whole.currency)
    sign = "=" if found == whole else "≠"
    return Check(f"{what}: {found} {sign} {whole}", found == whole)


def checks(node: Node) -> Iterator[Check]:
    """Yield every check of a tree."""
    yield from node.checks
    for part in node.parts:
        yield from checks(part)


def broken(node: Node) -> list[str]:
    """Return what does not hold in a tree."""
    return [check.says for check in checks(node) if not check.holds]


def written(node: Node, depth: int = 0) -> Iterator[str]:
    """Yield the lines of a tree, indented, for people."""
    start = INDENT * depth
    amount = f"  {node.amount}" if node.amount is not None else ""
    yield f"{start}{node.reference}  {node.kind}{amount}"
    told = {name: str(value) for name, value in node.facts.items() if str(value)}
    said = [f"{name.replace('_', ' ')} {value}" for name, value in told.items()]
    if said:
        yield f"{start}  {'; '.join(said)}"
    for check in node.checks:
        yield f"{start}  {'✓' if check.holds else '✗'} {check.says}"
    for part in node.parts:
        yield from written(part, depth + 1)


def as_data(node: Node) -> dict[str, object]:
    """Return a tree as JSON takes it."""
    money = (
        {"amount": node.amount.text, "currency": node.amount.currency}
        if node.amount is not None
        else {}
    )
    return {
        "kind": node.kind,
        "reference": node.reference,
        **money,
        **{name: _plain(value) for name, value in node.facts.items()},
        "checks": [vars(check) for check in node.checks],
        "parts": [as_data(part) for part in node.parts],
    }


def _plain(value: object) -> object:
    """Return an amount as a plain decimal of the currency that its node names."""
    return value.text if isinstance(value, Money) else value
