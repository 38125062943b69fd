"""Forms owed to a tax office: for which months, what they declare, by when, and their bytes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from vendorops.domain.dated import Dated
from vendorops.domain.finding import Finding
from vendorops.domain.money import Money
from vendorops.domain.periods import Calendar, Period, months_after
from vendorops.domain.statute import Citation, LawOfDay
from vendorops.domain.withholding import ReturnFacts

DueRule = Callable[[Period, Calendar, LawOfDay], date]
"""Last day for the return of a period, moved by the working days of the place."""


@dataclass(frozen=True)
class Earned:
    """What a payee earned in the period of a report, and what is on record for the place."""

    income: Money
    payee: Mapping[str, str]
    payer: Mapping[str, str]


FiguresRule = Callable[[Earned, LawOfDay], Mapping[str, Money]]
"""What the law makes of that, by fields of the report's layout; nothing leaves the payee out."""


@dataclass(frozen=True)
class Deadline:
    """The last day on which a return is in time."""

    form: str
    day: date
    citations: tuple[Citation, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Return:
    """A form owed to the tax office for each month, quarter or year in which tax was withheld."""

    form: str
    """Such as `cn.iit.withholding`."""
    title: str
    taxes: tuple[str, ...]
    """Codes of the taxes it declares."""
    due: Dated[DueRule]
    render: Callable[[ReturnFacts], bytes]
    suffix: str
    """File name suffix of the bytes: `csv` or `xml`."""
    months: int = 1
    """How many months one form is about: 1, 3 or 12, of the calendar year."""
    fills: str = ""
    """The rule of the place that fills the template which the office publishes for each year, if
    there is one: a statement for each payee, handed in under the columns that a person gives."""

    def period(self, month: Period) -> Period:
        """Return the stretch of months whose form a month belongs to."""
        return stretch(month, self.months)


@dataclass(frozen=True)
class Reminder:
    """A report that is due for each stretch of months and is made outside: no tax is kept back."""

    form: str
    """Such as `cn.platform.report`."""
    title: str
    months: int
    since: date
    """First day of the first period that is reported."""
    of_platforms: bool
    """Whether it is asked of platforms alone, or of everybody."""
    due: Dated[DueRule]
    taxes: tuple[str, ...] = ()
    """Only payments that these taxes were asked of are reported; all where none is named."""
    figures: Dated[FiguresRule] | None = None
    """What a report tells of each payee beside the payments, none of which shows VAT then."""

    @property
    def followed(self) -> Return:
        """The report as a form that goes through the states of a return, and declares no tax."""
        return Return(self.form, self.title, (), self.due, _laid_out, "xlsx", self.months)

    def period(self, month: Period) -> Period:
        """Return the stretch of months whose report a month belongs to."""
        return stretch(month, self.months)


def _laid_out(facts: ReturnFacts) -> bytes:
    """Fail: a report has no form of its own."""
    raise TypeError(f"a report for {facts.period} is filled from payments, under its layout")


def stretch(month: Period, months: int) -> Period:
    """Return the stretch of so many months, of the calendar year, that a month belongs to.

    >>> stretch(Period.month("2026-05"), 3)
    2026-04-01..2026-07-01
    """
    first = 1 + (month.start.month - 1) // months * months
    start = month.start.replace(month=first)
    return Period(start, months_after(start, months))
