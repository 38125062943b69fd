"""What commands share: whose name, which day, which month, which files, and the books."""

from contextlib import AbstractContextManager
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

import click

from vendorops.books import Books, Opener, Terms, open_books
from vendorops.domain.periods import Period
from vendorops.domain.reasons import Wordless, refuse_wordless
from vendorops.domain.refusal import Refused
from vendorops.gateways.clock import now, today
from vendorops.settings import Settings

READER = "reader"
"""In whose name books are opened that are only read."""
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
"""Days are given within these; days before and after them can always be calculated."""
LOOKERS = (READER, "system:verify")


class WhoAreYou(Refused):
    """The command needs a person's name."""


class Month(click.ParamType[Period]):
    """A month written 2026-10."""

    name = "month"

    def convert(self, value: Any, param: Any, ctx: Any) -> Period:  # noqa: ANN401 - click's own.
        try:
            return value if isinstance(value, Period) else Period.month(value)
        except Refused as refusal:
            self.fail(str(refusal), param, ctx)


class Day(click.DateTime):
    """A day written 2026-10-31, of a year that calendars and law can be asked about.

    The ends of the calendar are refused: the day after the last one cannot be calculated.
    """

    def __init__(self) -> None:
        """Read the one spelling of days that all commands read."""
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime:  # noqa: ANN401 - click's own.
        day: datetime = super().convert(value, param, ctx)
        if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
            self.fail(
                f"{str(value)!r} is not between the years {EARLIEST_YEAR} and {LATEST_YEAR}",
                param,
                ctx,
            )
        return day


class Words(click.ParamType[str]):
    """A reason in words, that somebody else can act on later."""

    name = "text"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:  # noqa: ANN401 - click's own.
        try:
            refuse_wordless(str(value), "what you mean", ask="it is empty")
        except Wordless as refusal:
            self.fail(str(refusal), param, ctx)
        return str(value)


class Name(click.ParamType[str]):
    """What somebody or something is called: never blank."""

    name = "text"

    def convert(self, value: Any, param: Any, ctx: Any) -> str:  # noqa: ANN401 - click's own.
        if not str(value).strip():
            self.fail("it is blank; write a name", param, ctx)
        return str(value)


DAY = Day()
NAME = Name()
MOST = 2**31 - 1
AGE = click.IntRange(0, 36_500)
"""Days; a hundred years before or after any day can be calculated."""
FROM_ONE, FROM_NOUGHT = click.IntRange(1, MOST), click.IntRange(0, MOST)
WORDS = Words()
FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
FILE_TO_WRITE = click.Path(dir_okay=False, writable=True, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)

as_option = click.option(
    "--as", "actor", envvar="VENDOROPS_ACTOR", help="Your handle; or set VENDOROPS_ACTOR."
)
day_option = click.option("--as-of", type=DAY, help="Business day, today unless given.")
month_option = click.option("--month", type=Month(), required=True, help="Such as 2026-10.")
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
file_argument = click.argument("file", type=FILE)
reason_option = click.option(
    "--reason", type=WORDS, required=True, help="Why; it stays in the history."
)
files_argument = click.argument("files", nargs=-1, required=True, type=FILE)


def one_of(kinds: type[StrEnum]) -> click.Choice[str]:
    """Return the choice between the members of an enumeration, by their values."""
    return click.Choice([kind.value for kind in kinds])


def opener(actor: str, as_of: datetime | None = None, month: Period | None = None) -> Opener:
    """Return what opens the books of this installation in somebody's name.

    LOOKERS keep nobody from writing, and wait for nobody; what they write is undone.
    """
    settings = Settings.from_environment()
    day: date = as_of.date() if as_of else today(settings.zone)
    terms = Terms(day, actor, now, month, looks=actor in LOOKERS)
    return partial(open_books, settings, terms)


def books_of(actor: str | None, as_of: datetime | None = None) -> AbstractContextManager[Books]:
    """Open the books for a person's act."""
    if not actor:
        raise WhoAreYou("say who you are with --as HANDLE or VENDOROPS_ACTOR")
    return opener(actor, as_of)()
