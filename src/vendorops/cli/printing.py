"""Prints results: a table for people, or one JSON object per line for scripts."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table

T = TypeVar("T")
PAPER_COLUMNS = 140
"""Width of a table that goes into a file or pipe."""


def emit(
    rows: Iterable[Mapping[str, object]], *, as_json: bool, title: str = "", kind: str = ""
) -> None:
    """Print rows; `kind` tells objects apart where a command prints several kinds as JSON."""
    listed = list(rows)
    if as_json:
        for row in listed:
            told = {"kind": kind, **row} if kind else row
            click.echo(json.dumps(told, ensure_ascii=False, default=str))
    elif not listed:
        click.echo(f"{title}: nothing" if title else "nothing")
    else:
        Console(file=sys.stdout, width=None if sys.stdout.isatty() else PAPER_COLUMNS).print(
            _table(listed, title)
        )


def _table(rows: list[Mapping[str, object]], title: str) -> Table:
    table = Table(title=title or None, title_justify="left")
    for column in rows[0]:
        right = all(isinstance(row[column], int) for row in rows)
        table.add_column(
            column.replace("_", " "), overflow="fold", justify="right" if right else "left"
        )
    for row in rows:
        table.add_row(*(_cell(value) for value in row.values()))
    return table


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value).replace("[", r"\[")


def watched(items: Iterable[T], count: int) -> Iterator[T]:
    """Hand items on one by one, with a progress bar where somebody watches a long run."""
    shown: Any = click.progressbar(
        items, length=count, file=sys.stderr, hidden=count < 2 or not sys.stderr.isatty()  # noqa: PLR2004 - of one there is no progress.
    )
    with shown as bar:
        yield from bar
