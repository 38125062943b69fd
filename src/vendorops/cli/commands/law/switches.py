"""Lists where the law can be read in two ways: the readings there are, and the one followed."""

from collections.abc import Iterator
from datetime import date, datetime

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import DAY, json_option
from vendorops.gateways.clock import today
from vendorops.law import codes, jurisdiction
from vendorops.law.showing import NumberOfDay, number_of_day
from vendorops.settings import Settings


@click.command("switches")
@click.option("--on", type=DAY, help="Day of the law, today unless given.")
@click.option(
    "--jurisdiction", "--place", "place", default="", help="Such as cn; every place unless given."
)
@json_option
def switches(on: datetime | None, place: str, *, as_json: bool) -> None:
    """List every choice that the law leaves: a case of `law evaluate` may follow another one."""
    day = on.date() if on else today(Settings.from_environment().zone)
    places = [place.lower()] if place else codes()
    rows = [row for code in places for row in _rows(code, day)]
    emit(rows, as_json=as_json, title="Switches")


def _rows(code: str, day: date) -> Iterator[dict[str, object]]:
    law = jurisdiction(code)
    for name in sorted(law.parameters):
        number = number_of_day(law, name, day)
        if number and number.figure.options:
            yield _told(code, number)


def _told(code: str, number: NumberOfDay) -> dict[str, object]:
    figure = number.figure
    return {
        "place": code,
        "switch": number.name,
        "about": figure.about,
        "follows": figure.shown,
        "options": list(figure.options),
        "since": number.since,
        "cite": figure.source,
        "sure": "yes" if figure.sure else "no",
    }
