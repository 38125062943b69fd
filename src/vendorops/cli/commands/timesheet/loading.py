"""Load time in bulk from CSV or XLSX, and say what became of each line."""

import sys
from collections import Counter
from collections.abc import Sequence
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
from vendorops.stages.timesheets import Import, Result
from vendorops.stages.timesheets import load as enter

SHOWN = 20
"""Lines that are not in order shown to people; the result file has all of them."""


class LinesRefused(Refused):
    """Some lines were not entered."""


@click.command()
@file_argument
@mode_option("Enter every line or none, or what is in order.")
@click.option(
    "--period",
    type=click.Choice(["week", "month"]),
    default="week",
    show_default=True,
    help="What one timesheet covers.",
)
@result_option("Write what became of each line to this .xlsx, .csv or .json.")
@as_option
@day_option
@json_option
def load(file: Path, **given: Any) -> None:  # noqa: ANN401 - click's own.
    """Enter the time of FILE (CSV or XLSX): columns work_order, day, kind, quantity.

    What is there already is left as it is, so an import that was ended midway is given again.
    """
    actor, as_of, result = given["actor"], given["as_of"], given["result"]
    if not actor:
        raise WhoAreYou("say who you are with --as HANDLE or VENDOROPS_ACTOR")
    if result:
        check_ending(result)
    results = _load(file, actor, as_of, given)
    if result:
        write_rows(result, "results", [_row(one) for one in results])
    _tell(results, given)


def _load(
    file: Path, actor: str, as_of: datetime | None, given: dict[str, Any]
) -> Sequence[Result]:
    bar: Any = click.progressbar(
        length=0, label="Entering", file=sys.stderr, hidden=not sys.stderr.isatty()
    )
    with bar:
        how = Import(given["mode"], given["period"], bar.update)
        return enter(opener(actor, as_of), file.read_bytes(), file.suffix, how)


def _row(one: Result) -> dict[str, str]:
    return {
        "line": str(one.line),
        "outcome": one.outcome,
        "timesheet": one.sheet,
        "reason": one.reason,
    }


def _tell(results: Sequence[Result], given: dict[str, Any]) -> None:
    counted = Counter(one.outcome for one in results)
    said = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counted.items()))
    wrong = [one for one in results if one.outcome == "refused"]
    if given["as_json"]:
        emit([_row(one) for one in results], as_json=True)
    else:
        if wrong:
            emit([_row(one) for one in wrong[:SHOWN]], as_json=False, title="Not in order")
        where = f"; what became of each is in {given['result']}" if given["result"] else ""
        click.echo(f"{len(results)} lines: {said}{where}")
    if wrong:
        raise LinesRefused(f"{len(wrong)} of {len(results)} lines are not in order ({said})")
