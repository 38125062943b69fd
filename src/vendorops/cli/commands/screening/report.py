"""Measure a scorer on labelled pairs of names."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import FILE, day_option, json_option
from vendorops.gateways.clock import today
from vendorops.scorers import names, scorer
from vendorops.screening.report import Confusion, measured, read_pairs
from vendorops.screening.terms import POLICY
from vendorops.settings import Settings


@click.command()
@click.option("--pairs", type=FILE, required=True, help="CSV: schema, name1, name2, is_match.")
@click.option("--scorer", "chosen", type=click.Choice(names()), help="The policy's unless given.")
@day_option
@json_option
def report(pairs: Path, chosen: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Say how much a scorer finds at the day's threshold, how often it is right, and where not."""
    day = as_of.date() if as_of else today(Settings.from_environment().zone)
    policy = POLICY.on(day)
    judge = scorer(chosen or policy.scorer)
    found = measured(read_pairs(pairs.read_bytes()), judge, policy)
    summary = {
        "scorer": judge.VERSION,
        "threshold": _decimal(policy.threshold_e6),
        **_quality(found.pop("")),
    }
    emit([summary], as_json=as_json, title="Together", kind="summary")
    rows = [{"category": name, **_quality(found[name])} for name in sorted(found)]
    emit(rows, as_json=as_json, title="By category", kind="category")


def _quality(confusion: Confusion) -> dict[str, Any]:
    told = confusion.told
    return {
        "pairs": sum(told.values()),
        "precision": _decimal(confusion.precision_e6),
        "recall": _decimal(confusion.recall_e6),
        "f1": _decimal(confusion.f1_e6),
        **told,
    }


def _decimal(millionths: int | None) -> float | None:
    return None if millionths is None else round(millionths / 1_000_000, 4)
