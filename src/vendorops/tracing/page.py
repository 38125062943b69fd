"""A tree as one HTML page: opened and closed by the browser itself, nothing is loaded or run."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template

from vendorops.domain.money import Money
from vendorops.tracing.tree import Node, broken, checks, told

SOURCE = Path(__file__).with_name("page.html")
OPEN_DEPTH = 2
"""Nodes down to this depth are shown open at first."""
LONG = 40
"""Characters from which a fact without blanks, such as a hash, is set small."""


@dataclass(frozen=True)
class Shown:
    """The page's heading."""

    title: str
    checked: int
    wrong: tuple[str, ...]


def page(tree: Node) -> str:
    """Return the page of a tree; the same tree gives the same bytes."""
    wrong = tuple(broken(tree))
    shown = Shown(f"{tree.reference}", sum(1 for _ in checks(tree)), wrong)
    return _template().render(shown=shown, node=tree, deep=OPEN_DEPTH)


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(told=told, small=_small, figure=_figure)
    return environment.from_string(SOURCE.read_text("utf-8"))


def _small(words: str) -> bool:
    """Tell whether a fact is for machines: long and without a blank."""
    return len(words) >= LONG and " " not in words


def _figure(money: Money) -> str:
    """Write an amount with its thousands apart."""
    whole, point, rest = money.text.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole != "-0" else money.text
