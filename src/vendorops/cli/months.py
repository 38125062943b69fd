"""Stretches of whole months, as commands ask for them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from vendorops.cli.session import Month
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused


class BadMonths(Refused):
    """The last month lies before the first."""


def months_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add `--from` and `--to`, the first and the last month; the command gets `period`."""

    @wraps(command)
    def asked(*args: Any, first: Period, last: Period, **given: Any) -> None:  # noqa: ANN401 - click's own.
        command(*args, period=months(first, last), **given)

    told = click.option("--to", "last", type=Month(), required=True, help="Last month.")(asked)
    return click.option("--from", "first", type=Month(), required=True, help="First month.")(told)


def months(first: Period, last: Period) -> Period:
    """Return the stretch from the start of one month to the end of another."""
    if last.start < first.start:
        raise BadMonths(f"--to {last.label} lies before --from {first.label}; swap them")
    return Period(first.start, last.end)
