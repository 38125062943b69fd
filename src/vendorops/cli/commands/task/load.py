"""Post or assign a task for each row of a spreadsheet, and say what became of each."""

import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from vendorops.cli.printing import emit
from vendorops.cli.rows import mode_option, result_option
from vendorops.cli.session import (
    WhoAreYou,
    as_option,
    day_option,
    file_argument,
    json_option,
    opener,
)
from vendorops.documents.workbooks import check_ending, write_rows
from vendorops.domain.refusal import Refused
from vendorops.stages import stage, sweep_together
from vendorops.working.tasks.loading import Result, load, read_rows

TOGETHER = 50
"""Cases that stages take up in one transaction."""
SHOWN = 20
"""Rows that are not in order shown to people; the result file has all of them."""


class RowsRefused(Refused):
    """Some rows were not entered."""


@click.command(
    help="Post a task for each row of FILE (XLSX, CSV), or assign one where the row names a task "
    "and a supplier. A file whose import was ended midway is simply given again."
)
@file_argument
@mode_option("Take every row or none, or what is in order.")
@result_option("Where to write what became of each row: .xlsx, .csv or .json.")
@as_option
@day_option
@json_option
def command(file: Path, mode: str, result: Path | None, **given: object) -> None:
    """Enter the rows, post and send what came of them, tell and write the results."""
    if result:
        check_ending(result)
    if not given["actor"]:
        raise WhoAreYou("say who you are with --as HANDLE or VENDOROPS_ACTOR")
    as_of = given["as_of"] if isinstance(given["as_of"], datetime) else None
    rows = read_rows(file.read_bytes())
    bar: Any = click.progressbar(
        length=len(rows), label="Entering", file=sys.stderr, hidden=not sys.stderr.isatty()
    )
    with bar:
        results = load(opener(str(given["actor"]), as_of), rows, mode, bar.update)
    for name in ("tasks", "task_orders"):
        _take_up(name, as_of)
    if result:
        texts = [{name: str(value) for name, value in vars(each).items()} for each in results]
        write_rows(result, "results", texts)
    _tell(results, result, as_json=bool(given["as_json"]))


def _take_up(name: str, as_of: datetime | None) -> None:
    run = opener(f"system:{name}", as_of)
    with run() as books:
        idents = stage(name).ready(books)
    for start in range(0, len(idents), TOGETHER):
        sweep_together(name, run, idents[start : start + TOGETHER])


def _tell(results: list[Result], where: Path | None, *, as_json: bool) -> None:
    wrong = [vars(each) for each in results if each.outcome == "refused"]
    counted = Counter(each.outcome for each in results)
    said = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counted.items()))
    if as_json:
        emit([vars(each) for each in results], as_json=True)
    else:
        emit(wrong[:SHOWN], as_json=False, title="Not in order")
        click.echo(f"{len(results)} rows: {said}")
    if wrong:
        more = "" if where or as_json else "; write all reasons with --result FILE"
        raise RowsRefused(f"{len(wrong)} of {len(results)} rows are not in order ({said}){more}")
