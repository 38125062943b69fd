"""What suppliers' work came to: times and whose they were, ratios, retention, acceptance."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from fractions import Fraction

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.months import months_options
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, day_option, json_option, opener
from vendorops.domain.attribution import HOUR
from vendorops.domain.kpi import HOURS, Value
from vendorops.domain.periods import Period
from vendorops.tables import Supplier
from vendorops.working.measuring import MODES, figures_of


@click.command(
    help="Show the figures of one supplier's months, or of all suppliers'. Times are the "
    "supplier's own hours; those of the buyer and the program stand beside them."
)
@click.option("--supplier", help="SUP-…; all of them unless given.")
@months_options
@click.option("--hours", type=click.Choice(MODES), default=MODES[0], help="Which hours count.")
@day_option
@json_option
def command(
    supplier: str | None,
    period: Period,
    hours: str,
    as_of: datetime | None,
    *,
    as_json: bool,
) -> None:
    """Show figures, a row each."""
    with opener(READER, as_of)() as books:
        rows = [
            _told(row, period, value, hours)
            for row in _suppliers(books, supplier)
            for value in figures_of(books, row, period)[hours].values()
        ]
    emit(rows, as_json=as_json, title=f"Figures of {period}")


def _suppliers(books: Books, reference: str | None) -> Iterable[Supplier]:
    if reference:
        return [books.named(Supplier, reference)]
    return books.session.exec(select(Supplier).order_by(col(Supplier.reference))).all()


def _told(supplier: Supplier, period: Period, value: Value, hours: str) -> dict[str, object]:
    return {
        "supplier": supplier.reference,
        "from": period.start.isoformat(),
        "to": period.end.isoformat(),
        "figure": value.code,
        "value": shown(value.exact),
        "unit": value.unit,
        "of": value.count,
        **dict(_sides(value, hours)),
    }


def _sides(value: Value, hours: str) -> Iterator[tuple[str, str]]:
    if value.unit == HOURS:
        yield "hours", hours
    for side, ticks in value.sides.items():
        yield f"{side}_hours", shown(Fraction(ticks, HOUR))


def shown(value: Fraction) -> str:
    """Write a figure with four decimals at most, rounded to even, for people.

    >>> shown(Fraction(2, 3)), shown(Fraction(40))
    ('0.6667', '40')
    """
    e4 = round(value * 10**4)
    whole, rest = divmod(abs(e4), 10**4)
    sign = "-" if e4 < 0 else ""
    return f"{sign}{whole}.{rest:04d}".rstrip("0").rstrip(".")
