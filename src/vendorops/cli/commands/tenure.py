"""How long people have been leased to us, and when the law of the place makes an end of it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import AGE, READER, day_option, json_option, opener
from vendorops.working.tenure import Clock, clocks


@click.command(help="List people leased to us where a law limits that: days used, last days.")
@click.option(
    "--ahead", default=60, type=AGE, show_default=True, help="Warn so many days before a limit."
)
@click.option("--warned", is_flag=True, help="Only those with a warning.")
@day_option
@json_option
def command(ahead: int, as_of: datetime | None, *, warned: bool, as_json: bool) -> None:
    """Show every clock that runs, the one that runs out first before."""
    with opener(READER, as_of)() as books:
        found = [_told(clock, books.as_of, ahead) for clock in clocks(books)]
    rows = [row for row in found if row["warnings"] or not warned]
    emit(rows, as_json=as_json, title="Tenure")


def _told(clock: Clock, today: date, ahead: int) -> dict[str, object]:
    stands = clock.tenure
    return {
        "worker": clock.worker.reference,
        "name": clock.worker.name,
        "entity": clock.user.code,
        "place": clock.place,
        "since": stands.since,
        "days_used": stands.days,
        "used": f"{stands.used.months} months {stands.used.days} days",
        "limit_on": stands.limit_on,
        "equal_pay_on": stands.equal_pay_on,
        "warnings": list(_warnings(clock, today + timedelta(days=ahead))),
        "cite": stands.rule.cite,
    }


def _warnings(clock: Clock, until: date) -> Iterator[str]:
    stands = clock.tenure
    if clock.over:
        yield "ordered past the limit"
    elif stands.limit_on <= until:
        yield f"{stands.rule.limit_months} months on {stands.limit_on}"
    if stands.equal_pay_on <= until:
        yield f"equal pay from {stands.equal_pay_on} whatever a collective agreement says"
