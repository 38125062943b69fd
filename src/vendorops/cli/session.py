"""What commands share: whose name, which day, which month, and how results are printed."""

import json
import sys
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime
from functools import partial
from importlib import import_module
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from vendorops.books import Books, Opener, Terms, open_books
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.gateways.clock import now, today
from vendorops.settings import Settings


class WhoAreYou(Refused):
    """The command needs a person's name."""


class RunBroken(Refused):
    """A flow met something unexpected; the run in Prefect and the log tell more."""


class Month(click.ParamType[Period]):
    """A month written 2026-10."""

    name = "month"

    def convert(self, value: Any, param: Any, ctx: Any) -> Period:  # noqa: ANN401 - click's own.
        try:
            return value if isinstance(value, Period) else Period.month(value)
        except Refused as refusal:
            self.fail(str(refusal), param, ctx)


as_option = click.option(
    "--as", "actor", envvar="VENDOROPS_ACTOR", help="Your handle; or set VENDOROPS_ACTOR."
)
day_option = click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Business day, today unless given."
)
month_option = click.option("--month", type=Month(), required=True, help="Such as 2026-10.")
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")


def opener(actor: str, as_of: datetime | None = None, month: Period | None = None) -> Opener:
    """Return what opens the books of this installation in somebody's name."""
    settings = Settings.from_environment()
    day: date = as_of.date() if as_of else today(settings.zone)
    return partial(open_books, settings, Terms(day, actor, now, month))


def books_of(actor: str | None, as_of: datetime | None = None) -> AbstractContextManager[Books]:
    """Open the books for a person's act."""
    if not actor:
        raise WhoAreYou("say who you are with --as HANDLE or VENDOROPS_ACTOR")
    return opener(actor, as_of)()


def emit(rows: Iterable[Mapping[str, object]], *, as_json: bool, title: str = "") -> None:
    """Print rows as a table for people, or as one JSON object per line for scripts."""
    listed = list(rows)
    if as_json:
        for row in listed:
            click.echo(json.dumps(row, ensure_ascii=False, default=str))
        return
    if not listed:
        click.echo(f"{title}: nothing" if title else "nothing")
        return
    table = Table(title=title or None, title_justify="left")
    for column in listed[0]:
        right = all(isinstance(row[column], int) for row in listed)
        table.add_column(
            column.replace("_", " "), overflow="fold", justify="right" if right else "left"
        )
    for row in listed:
        table.add_row(*(str(value) for value in row.values()))
    Console(file=sys.stdout, width=None if sys.stdout.isatty() else 140).print(table)


def run_flow(name: str, **parameters: object) -> str:
    """Run one flow of flows/ here and now, and return what it says; only now comes Prefect.

    Asked for by name, because flows stand above the command line and nothing imports them.
    """
    flows: Any = import_module("flows")
    flows.prepare(Settings.from_environment().home / "prefect", quiet=True)
    state = getattr(import_module(f"flows.{name}"), name)(**parameters, return_state=True)
    if state.is_failed() or state.is_crashed():
        raise RunBroken(f"{name}: {state.message or state.name}")
    return str(state.name)


def month_flow(name: str, sentence: str) -> click.Command:
    """Return a command that runs one monthly flow."""

    @click.command(help=sentence)
    @month_option
    @day_option
    @json_option
    def command(month: Period, as_of: datetime | None, *, as_json: bool) -> None:
        day = as_of.date() if as_of else None
        said = run_flow(name, as_of=day, month=month.label)
        emit([{"flow": name, "month": month.label, "outcome": said}], as_json=as_json)

    return command
