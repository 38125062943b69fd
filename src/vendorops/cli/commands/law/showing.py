"""Shows what a rule rests on: its formula of a day and every number, with source and unit."""

from collections.abc import Iterator
from datetime import datetime

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import DAY, json_option
from vendorops.gateways.clock import today
from vendorops.law.showing import NumberOfDay, Shown, shown
from vendorops.settings import Settings


@click.command("show")
@click.argument("rule")
@click.option("--on", type=DAY, help="Day of the law, today unless given.")
@click.option(
    "--jurisdiction", "--place", "place", default="", help="Such as us; every place unless given."
)
@json_option
def show(rule: str, on: datetime | None, place: str, *, as_json: bool) -> None:
    """Show what RULE rests on: a rule of `law evaluate`, a tax, a form, or one number."""
    day = on.date() if on else today(Settings.from_environment().zone)
    for each in shown(rule, day, place):
        for title, kind, rows in _sections(each):
            emit(rows, as_json=as_json, title=title, kind=kind)


def _sections(of: Shown) -> Iterator[tuple[str, str, list[dict[str, object]]]]:
    what: dict[str, object] = {"place": of.place, "rule": of.rule}
    yield "Rule", "rule", [what | {"does": of.does}]
    formulas = [{"formula": f.name, "since": f.since, "does": f.does} for f in of.formulas]
    if formulas:
        yield "Formulas", "formula", [what | row for row in formulas]
    if of.numbers:
        yield "Numbers", "number", [what | _told(number) for number in of.numbers]


def _told(number: NumberOfDay) -> dict[str, object]:
    figure = number.figure
    return {
        "number": number.name,
        "about": figure.about,
        "value": figure.shown,
        "unit": figure.unit,
        "since": number.since,
        "next": number.next,
        "cite": figure.source,
        "sure": "yes" if figure.sure else "no",
        **({"options": list(figure.options)} if figure.options else {}),
    }
