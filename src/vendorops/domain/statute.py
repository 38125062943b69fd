"""Numbers the law fixes: each dated, each with its source, and a reader that remembers both."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from vendorops.domain.dated import Dated
from vendorops.domain.finding import Finding, Level
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused


class UnknownSwitch(Refused):
    """The law of the place leaves no such choice."""


@dataclass(frozen=True)
class Bracket:
    """One line of a progressive table: `tax = base x rate - quick deduction`."""

    rate: Decimal
    quick: Decimal
    """Quick deduction, in major units of the currency."""
    up_to: Decimal | None
    """Largest base of the line in major units; None in the last line."""

    @property
    def shown(self) -> str:
        """The line as people read it."""
        most = f"up to {self.up_to}" if self.up_to is not None else "above"
        return f"{most}: {self.rate} less {self.quick}"


@dataclass(frozen=True)
class Figure:
    """One value of one parameter with its source."""

    value: Decimal | tuple[Bracket, ...] | str
    source: str
    """Act and article that fix it."""
    sure: bool = True
    """False where the source could not be read: usable, but every result says so."""
    unit: str = ""
    about: str = ""
    options: tuple[str, ...] = ()
    """Of a switch: the readings of an unclear law that may be followed."""

    @property
    def shown(self) -> str:
        """The value as people read it.

        >>> Figure((Bracket(Decimal("0.2"), Decimal(0), Decimal(9)),), "Act 1").shown
        'up to 9: 0.2 less 0'
        """
        if isinstance(self.value, tuple):
            return "; ".join(line.shown for line in self.value)
        return str(self.value)


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


_KINDS = {Decimal: "number", tuple: "table of brackets", str: "text"}


class LawOfDay:
    """The numbers in force on one day; it keeps what was read, so results can cite it."""

    def __init__(self, parameters: Parameters, day: date) -> None:
        self.day = day
        self._parameters = parameters
        self._read: dict[Citation, None] = {}

    def on(self, day: date) -> "LawOfDay":
        """Return the law of another day; what is read there is cited here as well."""
        other = LawOfDay(self._parameters, day)
        other._read = self._read
        return other

    def number(self, name: str) -> Decimal:
        """Return a plain number; a name that is missing or is a table is a defect of the rule."""
        value = self._figure(name).value
        if not isinstance(value, Decimal):
            raise TypeError(f"{name} is a {_KINDS[type(value)]}, not one number")
        return value

    def money(self, name: str, currency: str) -> Money:
        """Return a plain number that is an amount in major units of a currency."""
        return Money.parse(f"{self.number(name):f}", currency)

    def text(self, name: str) -> str:
        """Return words that the law asks for, or the choice that a switch stands on."""
        value = self._figure(name).value
        if not isinstance(value, str):
            raise TypeError(f"{name} is a {_KINDS[type(value)]}, not words")
        return value

    def brackets(self, name: str) -> tuple[Bracket, ...]:
        """Return a progressive table, lowest line first."""
        value = self._figure(name).value
        if not isinstance(value, tuple):
            raise TypeError(f"{name} is one {_KINDS[type(value)]}, not a table of brackets")
        return value

    def _figure(self, name: str) -> Figure:
        versions = self._parameters[name]
        figure = versions.on(self.day)
        cited = Citation(name, versions.since(self.day), figure.source, figure.sure)
        self._read[cited] = None
        return figure

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What was read so far, in the order of first reading."""
        return tuple(self._read)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """A warning for each number that was read and could not be confirmed."""
        return tuple(unconfirmed(cited) for cited in self.citations if not cited.sure)


def choosing(parameters: Parameters, switches: Mapping[str, str]) -> Parameters:
    """Return the numbers of a place with some switches set otherwise, on all days.

    What was unconfirmed stays so: choosing a reading does not make it the law.
    Raises UnknownSwitch, naming the switches there are and what each may be.
    """
    chosen = {name: _chosen(parameters, name, choice) for name, choice in switches.items()}
    return {**parameters, **chosen}


def _chosen(parameters: Parameters, name: str, choice: str) -> Dated[Figure]:
    if choice not in _options(parameters, name):
        switches = ((each, _options(parameters, each)) for each in sorted(parameters))
        known = "; ".join(f"{each}: {', '.join(sorted(some))}" for each, some in switches if some)
        raise UnknownSwitch(f"{name} cannot be {choice!r}; the switches are {known or 'none'}")
    return Dated(
        name,
        {
            day: replace(figure, value=choice, source=f"{figure.source} (chosen: {choice})")
            for day, figure in parameters[name].versions.items()
        },
    )


def _options(parameters: Parameters, name: str) -> set[str]:
    versions = parameters[name].versions.values() if name in parameters else ()
    return {option for figure in versions for option in figure.options}


def unconfirmed(cited: Citation) -> Finding:
    """Return the warning that goes with a number whose source could not be read.

    >>> unconfirmed(Citation("xa.rate", date(2026, 1, 1), "Bill 7", sure=False)).message
    'rests on an unconfirmed value (xa.rate since 2026-01-01: Bill 7); ask a tax adviser'
    """
    message = f"rests on an unconfirmed value ({cited.text}); ask a tax adviser"
    return Finding("law-unconfirmed", Level.WARNING, cited.parameter, message)
