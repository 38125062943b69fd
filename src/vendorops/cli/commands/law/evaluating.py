"""Run law rules on inputs from a file of cases."""

import json
from datetime import datetime
from pathlib import Path

import click

from vendorops.cli.session import day_option
from vendorops.domain.refusal import Refused
from vendorops.gateways.clock import today
from vendorops.law.evaluation import evaluate
from vendorops.settings import Settings


@click.command(name="evaluate")
@click.argument("cases", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@day_option
@click.option("--json", "as_json", is_flag=True, help="The answer is JSON lines either way.")
def evaluate_cases(cases: Path, as_of: datetime | None, *, as_json: bool) -> None:
    """Answer each case of a JSON file with one line: its id and the result, or why not.

    A case that names no day of its own is answered by the law of the day given, else of today.
    """
    del as_json
    day = as_of.date() if as_of else today(Settings.from_environment().zone)
    for case in json.loads(cases.read_text("utf-8")):
        try:
            told = {"id": case["id"], "result": evaluate(case, day)}
        except Refused as refusal:
            told = {"id": case["id"], "refused": str(refusal)}
        click.echo(json.dumps(told, ensure_ascii=False))
