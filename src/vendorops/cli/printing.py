"""Prints results: a table for people, or one JSON object per line for scripts."""

import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table

from vendorops.domain.money import Money

T = TypeVar("T")
DIRECTIONS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""Classes of characters that turn the direction of what follows (UAX 9)."""
LONG_WORD, SHOWN = re.compile(r"\S{201,}"), 40
"""Longer words are no names: somebody gave a whole text, or more digits than any figure has."""
PAPER_COLUMNS = 140
"""Width of a table that goes into a file or pipe."""


def emit(
    rows: Iterable[Mapping[str, object]], *, as_json: bool, title: str = "", kind: str = ""
) -> None:
    """Print rows; `kind` tells objects apart where a command prints several kinds as JSON."""
    listed = list(rows)
    if as_json:
        for row in listed:
            told = {"kind": kind, **_plain(row)} if kind else _plain(row)
            click.echo(json.dumps(told, ensure_ascii=False, default=str))
    elif not listed:
        click.echo(f"{title}: nothing" if title else "nothing")
    else:
        Console(file=sys.stdout, width=None if sys.stdout.isatty() else PAPER_COLUMNS).print(
            _table(listed, title)
        )


def _plain(row: Mapping[str, object]) -> dict[str, object]:
    """Return a row whose amounts are plain decimals of the currency that it names.

    >>> _plain({"net": Money(1250, "EUR")})
    {'net': '12.50', 'currency': 'EUR'}
    """
    currencies = {value.currency for value in row.values() if isinstance(value, Money)}
    if len(currencies) != 1 or row.get("currency") not in (None, *currencies):
        return dict(row)
    told = {name: value.text if isinstance(value, Money) else value for name, value in row.items()}
    return told | {"currency": currencies.pop()}


def _table(rows: list[Mapping[str, object]], title: str) -> Table:
    currencies = {
        cell.currency for row in rows for cell in row.values() if isinstance(cell, Money)
    }
    only = currencies.pop() if len(currencies) == 1 else ""
    shown = f"{title}, in {only}" if only and title else title
    table = Table(title=shown or None, title_justify="left")
    named = dict.fromkeys(column for row in rows for column in row)
    columns = [column for column in named if any(row.get(column) is not None for row in rows)]
    for column in columns:
        figures = all(isinstance(row.get(column), int | Money) for row in rows)
        table.add_column(
            column.replace("_", " "),
            overflow="fold",
            justify="right" if figures else "left",
            no_wrap=figures,
        )
    for row in rows:
        table.add_row(*(_cell(row.get(column), only) for column in columns))
    return table


def _cell(value: object, only: str) -> str:
    if isinstance(value, Money) and only:
        return f"{Decimal(value.text):,}"
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    return "" if value is None else harmless(str(value)).replace("[", r"\[")


def harmless(text: str) -> str:
    r"""Return a text whose control characters and changes of direction are shown, not obeyed.

    Suppliers choose numbers and descriptions: a terminal would run what they write in them.

    >>> harmless("INV\x1b[2J-1")
    'INV\\x1b[2J-1'
    """
    return "".join(
        letter.encode("unicode_escape").decode() if _commands(letter) else letter
        for letter in text
    )


def told(text: str) -> str:
    """Return a message that is safe on a terminal, and whose longest words are cut.

    >>> told(f"there is no {'9' * 500} in the books")
    'there is no 9999999999999999999999999999999999999999… (500 letters) in the books'
    """
    return LONG_WORD.sub(_cut, harmless(text))


def _cut(word: re.Match[str]) -> str:
    return f"{word[0][:SHOWN]}… ({len(word[0])} letters)"


def _commands(letter: str) -> bool:
    """Tell whether a terminal would take a letter for a command; ends of lines are none."""
    return letter != "\n" and (
        unicodedata.category(letter) == "Cc" or unicodedata.bidirectional(letter) in DIRECTIONS
    )


def watched(items: Iterable[T], count: int) -> Iterator[T]:
    """Hand items on one by one, with a progress bar where somebody watches a long run."""
    shown: Any = click.progressbar(
        items,
        length=count,
        file=sys.stderr,
        hidden=count < 2 or not sys.stderr.isatty(),  # noqa: PLR2004 - of one there is no progress.
    )
    with shown as bar:
        yield from bar
