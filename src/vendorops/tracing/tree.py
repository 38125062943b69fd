"""The tree into which an amount unfolds, and how it is written for people and for programs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from vendorops.domain.money import Money, total

INDENT = "    "


@dataclass(frozen=True)
class Check:
    """One sum or comparison that must hold for the amount above it to be right."""

    says: str
    holds: bool


@dataclass(frozen=True)
class Node:
    """One thing an amount rests on.

    Parts that have a share make up the amount: their shares add up to it, which is checked.
    """

    kind: str
    """payment, settlement, line, work, term, decision, difference, withholding, citation."""
    reference: str
    amount: Money | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    parts: tuple["Node", ...] = ()
    share: Money | None = None
    """What of the amount above it is this, below zero where it is taken off; none for a proof."""

    @property
    def held(self) -> tuple[Check, ...]:
        """Its checks; the first says that its parts add up, where they have shares."""
        shares = [part.share for part in self.parts if part.share is not None]
        if self.amount is None or not shares:
            return self.checks
        what = "its only part" if len(shares) == 1 else f"its {len(shares)} parts"
        return (adds_up(what, shares, self.amount), *self.checks)

    def sharing(self, share: Money | None = None) -> "Node":
        """Return the node as a part that makes up what is above it, with all of it unless told."""
        return replace(self, share=self.amount if share is None else share)


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
    yield from node.held
    for part in node.parts:
        yield from checks(part)


def broken(node: Node) -> list[str]:
    """Return what does not hold in a tree."""
    return [check.says for check in checks(node) if not check.holds]


def written(node: Node, depth: int = 0) -> Iterator[str]:
    """Yield the lines of a tree, indented, for people."""
    start = INDENT * depth
    amount = f"  {node.amount}" if node.amount is not None else ""
    counts = f" → {node.share}" if node.share not in (None, node.amount) else ""
    yield f"{start}{node.reference}  {node.kind}{amount}{counts}"
    said = [f"{name} {value}" for name, value in told(node).items()]
    if said:
        yield f"{start}  {'; '.join(said)}"
    for check in node.held:
        yield f"{start}  {'✓' if check.holds else '✗'} {check.says}"
    for part in node.parts:
        yield from written(part, depth + 1)


def told(node: Node) -> dict[str, str]:
    """Return the facts of a node that say something, by their names in words."""
    facts = {name.replace("_", " "): _words(value) for name, value in node.facts.items()}
    return {name: words for name, words in facts.items() if words}


def _words(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_words(each)}" for name, each in value.items() if each != "")
    if isinstance(value, list | tuple):
        return "; ".join(map(_words, value))
    return "" if value is None else str(value)


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
        **({"share": node.share.text} if node.share is not None else {}),
        "checks": [vars(check) for check in node.held],
        "parts": [as_data(part) for part in node.parts],
    }


def _plain(value: object) -> object:
    """Return an amount as a plain decimal of the currency that its node names."""
    return value.text if isinstance(value, Money) else value
