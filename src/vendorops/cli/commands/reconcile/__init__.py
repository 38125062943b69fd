"""Match, explain and list the exceptions of a month; replay it, reopen it, report it."""

from datetime import datetime
from pathlib import Path

import click

from vendorops.cli.commands.reconcile.matching import FLOWS, listing
from vendorops.cli.commands.reconcile.reopening import reopen
from vendorops.cli.commands.reconcile.replaying import ReplayDiffers, replayed
from vendorops.cli.commands.reconcile.reporting import report
from vendorops.cli.monthly import ran_and_listed
from vendorops.cli.printing import emit
from vendorops.cli.session import FOLDER, Month, day_option, json_option
from vendorops.domain.periods import Period


@click.group(
    invoke_without_command=True,
    help="Match, explain and list the exceptions of a month; or replay what was sealed.",
)
@click.option("--month", type=Month(), help="Such as 2026-10.")
@click.option("--replay", is_flag=True, help="Explain closed months again and compare the bytes.")
@click.option(
    "-o", "--output", type=FOLDER, help="With --replay: write what the seals are the hashes of."
)
@day_option
@json_option
@click.pass_context
def command(context: click.Context, /, month: Period | None, **given: object) -> None:
    """Run the flows of a month, unless a command below was asked for."""
    if context.invoked_subcommand:
        return
    if month is None:
        raise click.UsageError("Missing option '--month'.")
    if given["output"] and not given["replay"]:
        raise click.UsageError("-o goes with --replay; see also: vendorops reconcile report")
    (_replay if given["replay"] else _match)(month, given)


command.add_command(reopen)
command.add_command(report)


def _match(month: Period, given: dict[str, object]) -> None:
    as_of, as_json = given["as_of"], bool(given["as_json"])
    day = as_of if isinstance(as_of, datetime) else None
    for section in ran_and_listed(month, day, FLOWS, listing):
        emit(section.rows, as_json=as_json, title=section.title, kind=section.kind)


def _replay(month: Period, given: dict[str, object]) -> None:
    folder = given["output"]
    rows = replayed(month, folder if isinstance(folder, Path) else None)
    emit(rows, as_json=bool(given["as_json"]), title=f"Replayed {month.label}", kind="replay")
    wrong = [str(row["reconciliation"]) for row in rows if not row["identical"]]
    if wrong:
        raise ReplayDiffers(f"{', '.join(wrong)} did not come out the same; run vendorops verify")
