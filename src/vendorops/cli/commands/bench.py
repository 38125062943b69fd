"""Measure our speed against the floor of this machine, in one run."""

import inspect
import json
from typing import Any

import click

from vendorops.bench import member, names, sizes
from vendorops.cli.folder import Folder

TOLD = {
    "seed": "What is drawn: the same seed draws the same.",
    "often": "How many times as often as usual something is wrong.",
}
"""What options mean that count nothing."""


class Benches(Folder):
    """A folder of benchmarks: each is a command whose options are the sizes it takes."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        return _command(cmd_name) if cmd_name in names() else None


@click.group(
    cls=Benches,
    package="vendorops.bench",
    help="Measure our speed against the floor of this machine, in one run.",
)
def command() -> None:
    """Group the benchmarks."""


def _option(name: str, usual: int | str) -> click.Option:
    if isinstance(usual, str):
        return click.Option([f"--{name}"], default=usual, help=f"Address of the {name}.")
    return click.Option(
        [f"--{name}"],
        type=click.IntRange(min=1),
        default=usual,
        show_default=True,
        help=TOLD.get(name, f"How many {name}."),
    )


def _command(name: str) -> click.Command:
    options: list[click.Parameter] = [
        _option(chosen, usual) for chosen, usual in sizes(name).items()
    ]
    options.append(click.Option(["--json", "as_json"], is_flag=True, help="One JSON object."))
    told = inspect.getdoc(member(name).run) or ""

    def measure(*, as_json: bool, **chosen: Any) -> None:  # noqa: ANN401 - click's own.
        figures = member(name).run(**chosen)
        if as_json:
            click.echo(json.dumps(figures))
            return
        for key, value in figures.items():
            click.echo(f"{key:<24}{value}")

    return click.Command(name, params=options, callback=measure, help=told)
