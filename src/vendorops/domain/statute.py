"""Numbers the law fixes: each dated, each with its source, and a reader that remembers both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from vendorops.domain.dated import Dated
from vendorops.domain.finding import Finding, Level


@dataclass(frozen=True)
class Bracket:
    """One line of a progressive table: `tax = base x rate - quick deduction`."""

    rate: Decimal
    quick: Decimal
    """Quick deduction, in major units of the currency."""
    up_to: Decimal | None
    """Largest base of the line in major units; None in the last line."""


@dataclass(frozen=True)
class Figure:
    """One value of one parameter with its source."""

    value: Decimal | tuple[Bracket, ...]
    source: str
    """Act and article that fix it."""
    sure: bool = True
    """False where the source could not be read: usable, but every result says so."""


Parameters = Mapping[str, Dated[Figure]]
"""Every number of a place by dotted name, such as `labor_remuneration.small_expense`."""


@dataclass(frozen=True)
class Citation:
    """Which version of which parameter a result rests on."""

    parameter: str
    since: date
    source: str
    sure: bool

    @property
    def text(self) -> str:
        """The citation as people read it."""
        return f"{self.parameter} since {self.since}: {self.source}"


class LawOfDay:
    """The numbers in force on one day; it keeps what was read, so results can cite it."""

    def __init__(self, parameters: Parameters, day: date) -> None:
        self.day = day
        self._parameters = parameters
        self._read: dict[str, Citation] = {}

    def number(self, name: str) -> Decimal:
        """Return a plain number; a name that is missing or is a table is a defect of the rule."""
        value = self._figure(name).value
        if not isinstance(value, Decimal):
            raise TypeError(f"{name} is a table of brackets, not one number")
        return value

    def brackets(self, name: str) -> tuple[Bracket, ...]:
        """Return a progressive table, lowest line first."""
        value = self._figure(name).value
        if isinstance(value, Decimal):
            raise TypeError(f"{name} is one number, not a table of brackets")
        return value

    def _figure(self, name: str) -> Figure:
        versions = self._parameters[name]
        figure = versions.on(self.day)
        self._read[name] = Citation(name, versions.since(self.day), figure.source, figure.sure)
        return figure

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What was read so far, in the order of first reading."""
        return tuple(self._read.values())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """A warning for each number that was read and could not be confirmed."""
        return tuple(unconfirmed(cited) for cited in self.citations if not cited.sure)


def unconfirmed(cited: Citation) -> Finding:
    """Return the warning that goes with a number whose source could not be read.

    >>> unconfirmed(Citation("xa.rate", date(2026, 1, 1), "Bill 7", sure=False)).message
    'rests on an unconfirmed value (xa.rate since 2026-01-01: Bill 7); ask a tax adviser'
    """
    message = f"rests on an unconfirmed value ({cited.text}); ask a tax adviser"
    return Finding("law-unconfirmed", Level.WARNING, cited.parameter, message)
