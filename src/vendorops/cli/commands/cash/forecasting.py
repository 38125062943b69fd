"""Forecast what stands at the end of each day, by currency, and name the lowest day."""

from datetime import date, datetime
from typing import Any

import click

from vendorops import forecasting
from vendorops.books.naming_us import our_company
from vendorops.cli.printing import emit
from vendorops.cli.session import DAY, READER, day_option, json_option, opener
from vendorops.domain.cash import CashDay, Expected, Expense
from vendorops.domain.money import Money

MOST_DAYS = 366


@click.command()
@click.option("--from", "since", type=DAY, help="First day; today unless given.")
@click.option("--days", type=click.IntRange(1, MOST_DAYS), default=30, help="30 unless given.")
@click.option("--company", help="Code of one of our companies; all of them unless given.")
@click.option("--items", "itemised", is_flag=True, help="Every amount that is expected, too.")
@day_option
@json_option
def forecast(  # noqa: PLR0913 - one parameter an option.
    *,
    since: datetime | None,
    days: int,
    company: str | None,
    itemised: bool,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Forecast what stands at the end of each day; a day on which nothing goes is left out."""
    with opener(READER, as_of)() as books:
        first = since.date() if since else books.as_of
        chosen = [our_company(books, company)] if company else []
        found = forecasting.forecast(books, first, days, chosen)
    for currency, told in found.days.items():
        nothing = Money(0, currency) if as_json else None  # For people, an empty cell says more.
        emit(_rows(told, nothing), as_json=as_json, title="Cash", kind="day")
    if itemised:
        items = [_item(each) for each in found.expected]
        emit(items, as_json=as_json, title="Expected", kind="item")
    findings = [{"finding": sentence} for sentence in found.findings]
    if findings or as_json:
        emit(findings, as_json=as_json, title="Not known", kind="finding")


def _rows(days: list[CashDay], nothing: Money | None) -> list[dict[str, Any]]:
    """Return the first and last day, the lowest one, and every day on which money goes."""
    low: date = forecasting.lowest(days).day
    ends = {days[0].day, days[-1].day, low}
    told = [each for each in days if each.paid or each.day in ends]
    return [
        _row(each, nothing) | {"lowest": "lowest" if each.day == low else None} for each in told
    ]


def _row(each: CashDay, nothing: Money | None) -> dict[str, Any]:
    return {
        "day": each.day,
        "opening": each.opening,
        **{str(expense): each.paid.get(expense, nothing) for expense in Expense},
        "closing": each.closing,
    }


def _item(each: Expected) -> dict[str, Any]:
    return {
        "day": each.day,
        "for": str(each.expense),
        "reference": each.reference,
        "company": each.company,
        "amount": each.amount,
    }
