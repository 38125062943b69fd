"""How many people we employ ourselves, which limits how many may be dispatched to us."""

from typing import Any

import click

from vendorops import law
from vendorops.books.naming_us import our_company
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    DAY,
    FROM_NOUGHT,
    READER,
    WORDS,
    as_option,
    books_of,
    day_option,
    json_option,
    opener,
)
from vendorops.domain.dispatch import most_dispatched
from vendorops.domain.refusal import Refused
from vendorops.tables import Headcount
from vendorops.working.headcounts import headcounts, set_headcount


class NotOurs(Refused):
    """We have no legal entity of that code."""


@click.group(help="How many people we employ ourselves.")
def command() -> None:
    """Group the commands."""


@command.command("set")
@click.option("--entity", required=True, help="Code of our legal entity, such as XH.")
@click.option("--place", default="cn", show_default=True, help="Where they are employed.")
@click.option("--from", "valid_from", type=DAY, required=True, help="First day.")
@click.option("--employees", type=FROM_NOUGHT, required=True, help="Own contract employees.")
@click.option("--reason", type=WORDS, required=True, help="Where the number is from.")
@as_option
@day_option
@json_option
def set_(**given: Any) -> None:  # noqa: ANN401 - the options above.
    """Enter how many people we employ from a day on; a later word corrects an earlier one."""
    entity, day = given["entity"], given["valid_from"].date()
    law.place(given["place"])
    with books_of(given["actor"], given["as_of"]) as books:
        told = (given["employees"], given["reason"])
        row = set_headcount(books, our_company(books, entity), given["place"], day, told)
        rows = [_told(row, entity)]
    emit(rows, as_json=given["as_json"], title="Headcount")


@command.command()
@click.option("--entity", required=True, help="Code of our legal entity, such as XH.")
@click.option("--place", default="cn", show_default=True, help="Where they are employed.")
@json_option
def show(entity: str, place: str, *, as_json: bool) -> None:
    """Show what was said, the newest day first."""
    law.place(place)
    with opener(READER)() as books:
        found = headcounts(books, our_company(books, entity).id, place)
        rows = [_told(row, entity) for row in found]
    emit(rows, as_json=as_json, title="Headcount")


def _told(row: Headcount, entity: str) -> dict[str, object]:
    return {
        "entity": entity,
        "place": row.place,
        "from": row.valid_from,
        "employees": row.employees,
        "dispatched_at_most": _most(row),
        "reason": row.reason,
        "entered_by": row.entered_by,
    }


def _most(row: Headcount) -> int | None:
    return most_dispatched(row.employees, row.valid_from) if row.place == "cn" else None
