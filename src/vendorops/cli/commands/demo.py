"""Run the whole line on the files shipped with it, on SQLite, in this process."""

import os
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

import click
from sqlmodel import select

from vendorops.books import Books
from vendorops.cli.commands.db import prepare_home
from vendorops.cli.printing import emit
from vendorops.cli.running import RunBroken
from vendorops.demo import PlainWorld, hear_the_bank, show, story, tell
from vendorops.domain.refusal import Refused
from vendorops.gateways.clock import now
from vendorops.invariants import verify
from vendorops.settings import SIMULATED, Settings
from vendorops.tables import LogHead


class RealHome(Refused):
    """Played time would be mixed into books that live it."""


@dataclass(frozen=True)
class PrefectWorld(PlainWorld):
    """Runs every stage as the Prefect flow that the schedule would run."""

    flows: Any = None

    def run(self, stage: str, day: date) -> None:
        flow = getattr(import_module(f"flows.{stage}"), stage)
        state = flow(as_of=day, return_state=True)
        if not state.is_completed():
            raise RunBroken(f"{stage} on {day}: {state.message or state.name}")


@click.command(help="Run the whole line on the files shipped with it, on SQLite, in this process.")
@click.option(
    "--dir",
    "home",
    default="demo",
    type=click.Path(path_type=Path),
    show_default=True,
    help="Folder of the books that are made.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
def command(home: Path, *, as_json: bool) -> None:
    """Play the month, then say what happened."""
    settings = _played(home)
    os.environ.update(settings.environment())  # The flows read the settings from there.
    import_module("flows").prepare(home / "prefect", quiet=True)
    with import_module("flows.driver").without_heartbeats():
        world = PrefectWorld(settings, now)
        with world.act("reader", story.FILED) as books:
            before = _end(books)
        for act, title in enumerate(chain(tell(world), hear_the_bank(world)), start=1):
            click.echo(f"{act}. {title}", err=as_json)
    with world.act("system:verify", story.FILED) as books:
        _report(books, before, as_json=as_json)


def _played(home: Path) -> Settings:
    """Return the settings of a home in which time is played; refuse a home that lives it."""
    if (home / "books.db").exists() and not (home / SIMULATED).exists():
        raise RealHome(f"{home} holds real books; choose another folder with --dir")
    prepare_home(Settings.at(home))
    (home / SIMULATED).touch()
    return Settings.at(home)


def _end(books: Books) -> int:
    return books.session.exec(select(LogHead)).one().seq


def _report(books: Books, before: int, *, as_json: bool) -> None:
    verdict = verify(books)
    for title, rows in show(books).items():
        emit(rows, as_json=as_json, title=title)
    end = _end(books)
    said = (
        f"Nothing changed: the {end} events of the history were there before."
        if end == before
        else f"{end - before} events were written; run it again and nothing changes."
    )
    click.echo(said, err=as_json)
    broken = [f"{found.code}: {found.sentence}: {found.what}" for found in verdict.violations]
    click.echo(f"{verdict.checked} invariants checked, {len(broken)} broken.", err=as_json)
    if broken:
        raise RunBroken("; ".join(broken))
