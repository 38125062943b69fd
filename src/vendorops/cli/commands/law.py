"""Run law rules on inputs from a file of cases."""

import json
from pathlib import Path

import click

from vendorops.domain.refusal import Refused
from vendorops.law.evaluation import evaluate


@click.group(help="Law as dated, cited data.")
def command() -> None:
    """Group the commands."""


@command.command(name="evaluate")
@click.argument("cases", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The answer is JSON lines either way.")
def evaluate_cases(cases: Path, *, as_json: bool) -> None:
    """Answer each case of a JSON file with one line: its id and the result, or why not."""
    del as_json
    for case in json.loads(cases.read_text("utf-8")):
        try:
            told = {"id": case["id"], "result": evaluate(case)}
        except Refused as refusal:
            told = {"id": case["id"], "refused": str(refusal)}
        click.echo(json.dumps(told, ensure_ascii=False))
