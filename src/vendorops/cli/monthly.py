"""Makes the commands of a month: run its flows, then list as data what came of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import click

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.running import run_flows
from vendorops.cli.session import READER, day_option, json_option, month_option, opener
from vendorops.cli.waiting import open_refusals, refused
from vendorops.domain.money import Money, total
from vendorops.domain.periods import Period


@dataclass(frozen=True)
class Section:
    """Rows of one kind."""

    title: str
    kind: str
    """What JSON objects of this section are told apart by."""
    rows: list[dict[str, Any]]


Listing = Callable[[Books], Iterable[Section]]
"""What is listed of the month of the books."""


def month_command(sentence: str, flows: tuple[str, ...], listing: Listing) -> click.Command:
    """Return a command that runs flows for a month and lists what there is of it afterwards."""

    @click.command(help=sentence)
    @month_option
    @day_option
    @json_option
    def command(month: Period, as_of: datetime | None, *, as_json: bool) -> None:
        for section in ran_and_listed(month, as_of, flows, listing):
            emit(section.rows, as_json=as_json, title=section.title, kind=section.kind)

    return command


def ran_and_listed(
    month: Period, as_of: datetime | None, flows: tuple[str, ...], listing: Listing
) -> list[Section]:
    """Run flows for a month, and return what they said, what there is of it, and what waits."""
    with opener(READER, as_of, month)():
        pass  # Books that do not open are told at once, not after Prefect has started.
    ran = run_flows(*flows, as_of=as_of, month=month)
    with opener(READER, as_of, month)() as books:
        return [
            Section("Runs", "run", ran),
            *listing(books),
            Section(
                "Refused until somebody acts",
                "refusal",
                [refused(row, books.as_of) for row in open_refusals(books, *flows)],
            ),
        ]


def summary(
    rows: Iterable[Mapping[str, Any]], month: str, counted: str, amounts: tuple[str, ...]
) -> Section:
    """Return a section with one sum a currency: how many rows, and what their amounts come to."""
    by_currency: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_currency.setdefault(row[amounts[0]].currency, []).append(row)
    sums = [
        {
            "month": month,
            "currency": currency,
            counted: len(same),
            **{name: total([row[name] for row in same], currency) for name in amounts},
        }
        for currency, same in sorted(by_currency.items())
    ]
    return Section("Summary", "summary", sums or [{"month": month, counted: 0}])


def amount(minor: int | None, currency: str) -> Money:
    """Return an amount, nothing where no row has one."""
    return Money(int(minor or 0), currency)
