"""Draft and issue what is due now, instead of with the next sweep."""

from datetime import datetime
from typing import Any

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import day_option, json_option, opener
from vendorops.stages import sweep

DRAFTING = ("self_billing", "self_billed_credits")
ISSUING = ("pro_formas",)


@click.command()
@day_option
@json_option
def draft(as_of: datetime | None, *, as_json: bool) -> None:
    """Draft pro formas of accepted work and issued memos that are due, and ask the suppliers."""
    _run((*DRAFTING, *ISSUING), as_of, as_json=as_json)


@click.command()
@day_option
@json_option
def issue(as_of: datetime | None, *, as_json: bool) -> None:
    """Issue what suppliers agreed to, or were silent about for the days they had."""
    _run(ISSUING, as_of, as_json=as_json)


def _run(stages: tuple[str, ...], as_of: datetime | None, *, as_json: bool) -> None:
    rows: list[dict[str, Any]] = []
    for stage in stages:
        outcome = sweep(stage, opener(f"system:{stage}", as_of))
        rows += [{"stage": stage, "about": one, "came_to": "advanced"} for one in outcome.advanced]
        rows += [{"stage": stage, "about": one, "came_to": "waits"} for one in outcome.waiting]
        rows += [
            {"stage": stage, "about": one, "came_to": "refused", "reason": why}
            for one, why in outcome.refused
        ]
    emit(rows, as_json=as_json, title="Self-billing")
