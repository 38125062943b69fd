"""Measure our speed against the floor of this machine, in one run."""

import json

import click

from vendorops.bench import member, names


@click.command(help="Measure our speed against the floor of this machine, in one run.")
@click.argument("name", type=click.Choice(names()))
@click.option("--lines", default=100_000, show_default=True, help="Claim lines of the month.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(name: str, lines: int, *, as_json: bool) -> None:
    """Run one bench."""
    figures = member(name).run(lines=lines)
    if as_json:
        click.echo(json.dumps(figures))
        return
    for key, value in figures.items():
        click.echo(f"{key:<20}{value}")
