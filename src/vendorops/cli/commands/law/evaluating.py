"""Run law rules on inputs from a file of cases."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from vendorops.cli.session import day_option
from vendorops.cli.texts import text_of
from vendorops.domain.refusal import Refused
from vendorops.gateways.clock import today
from vendorops.law.evaluation import BadCase, evaluate
from vendorops.settings import Settings

MOST_NAMED = 10
"""So many refused cases are named in the last sentence; every one has its own line."""


@click.command(name="evaluate")
@click.argument("cases", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@day_option
@click.option("--json", "as_json", is_flag=True, help="The answer is JSON lines either way.")
def evaluate_cases(cases: Path, as_of: datetime | None, *, as_json: bool) -> None:
    """Answer each case of a JSON file with one line: its id and the result, or why not.

    A case that names no day of its own is answered by the law of the day given, else of today.
    Every case is answered; the command ends with 1 where one of them was refused.
    """
    del as_json
    day = as_of.date() if as_of else today(Settings.from_environment().zone)
    given = _read(cases)
    refused = []
    for place, case in enumerate(given, start=1):
        told: dict[str, object] = {"id": case.get("id", str(place))}
        try:
            told["result"] = evaluate(case, day)
        except Refused as refusal:
            told["refused"] = str(refusal)
            refused.append(str(told["id"]))
        click.echo(json.dumps(told, ensure_ascii=False))
    if refused:  # A script that asks only whether it went well must hear of one, too.
        named = ", ".join(refused[:MOST_NAMED]) + (", …" if refused[MOST_NAMED:] else "")
        raise BadCase(f"{len(refused)} of {len(given)} cases; their lines say why: {named}")


def _read(cases: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads(text_of(cases))
    except ValueError as error:
        raise BadCase(f"{cases.name} is not JSON: {error}") from error
    except RecursionError as error:
        raise BadCase(f"{cases.name} is nested too deep for a list of cases") from error
    if not isinstance(found, list) or not all(isinstance(case, dict) for case in found):
        raise BadCase(f"{cases.name} must hold a list of cases, each an object with its inputs")
    return found
