"""Hand single timesheets in, and correct them."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from vendorops.books import Books
from vendorops.cli.commands.timesheet.listing import told
from vendorops.cli.printing import emit
from vendorops.cli.session import as_option, books_of, day_option, files_argument, json_option
from vendorops.cli.taking import check_taken, take_each
from vendorops.stages.timesheets import correct as enter_correction
from vendorops.stages.timesheets import submit as enter_time
from vendorops.tables import Timesheet

Enter = Callable[[Books, bytes], Timesheet]


@click.command()
@files_argument
@as_option
@day_option
@json_option
def submit(
    files: tuple[Path, ...], actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Enter timesheets (YAML or JSON): one order and one week or month each."""
    rows = _taken(files, enter_time, (actor, as_of))
    emit(rows, as_json=as_json, title="Time handed in")
    check_taken(rows)


@click.command()
@files_argument
@as_option
@day_option
@json_option
def correct(
    files: tuple[Path, ...], actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Take timesheets back and enter their next versions; each FILE names one, and why.

    More hours are reported to a buyer, fewer are credited once their month was gathered.
    """
    rows = _taken(files, enter_correction, (actor, as_of))
    emit(rows, as_json=as_json, title="Time corrected")
    check_taken(rows)


def _taken(
    files: tuple[Path, ...], enter: Enter, who: tuple[str | None, datetime | None]
) -> list[dict[str, Any]]:
    def take(path: Path) -> dict[str, Any]:
        with books_of(*who) as books:
            return told(books, enter(books, path.read_bytes()))

    return take_each(files, take)
