"""What of claims accepted work does not stand for and nobody has decided yet."""

from typing import Any

import click
from sqlalchemy import Row

from vendorops.books import Books
from vendorops.books.naming_us import known_person
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    AGE,
    FROM_NOUGHT,
    FROM_ONE,
    READER,
    Month,
    day_option,
    json_option,
    one_of,
    opener,
)
from vendorops.domain.matching import Reason
from vendorops.domain.money import Money, exponent
from vendorops.domain.periods import Period
from vendorops.stages.exceptions.listing import Wanted, page, sums
from vendorops.tables import Supplier

REASONS = one_of(Reason)


@click.command(help="What of claims accepted work does not stand for and nobody has decided yet.")
@click.option("--month", type=Month(), help="Only of this month, such as 2026-10.")
@click.option("--supplier", default="", help="Only of this supplier, such as SUP-2026-000001.")
@click.option("--reason", type=REASONS, help="Only for this reason.")
@click.option("--owner", default="", help="Only what this person is chased for.")
@click.option("--currency", default="", help="Only claims in this currency.")
@click.option("--at-least", "least", default="", help="Only such amounts; give --currency too.")
@click.option("--days", default=0, type=AGE, help="Found so many days ago, or more.")
@click.option("--limit", default=100, type=FROM_ONE, help="So many at once.")
@click.option("--skip", "offset", default=0, type=FROM_NOUGHT, help="After so many.")
@day_option
@json_option
def command(**given: Any) -> None:  # noqa: ANN401 - click's own.
    """List exceptions, and what they amount to."""
    as_of, as_json, month, least = (
        given.pop(name) for name in ("as_of", "as_json", "month", "least")
    )
    if least and not given["currency"]:
        raise click.UsageError("--at-least needs --currency, such as --currency CNY")
    if given["currency"]:
        exponent(given["currency"])
    minor = Money.parse(least, given["currency"]).minor if least else 0
    given["reason"] = given["reason"] or ""
    label = month.label if isinstance(month, Period) else ""
    wanted = Wanted(month=label, least_minor=minor, **given)
    with opener(READER, as_of)() as books:
        if wanted.supplier:
            books.named(Supplier, wanted.supplier)  # A slip is not "nothing".
        if wanted.owner:
            known_person(books, wanted.owner)
        _list(books, wanted, as_json=as_json)


def _list(books: Books, wanted: Wanted, *, as_json: bool) -> None:
    found, all_of_them = page(books, wanted), sums(books, wanted)
    rows = [_shown(books, row) for row in found]
    emit(rows, as_json=as_json, title="Exceptions", kind="exception")
    totals = [
        {"reason": row.reason, "count": row.many, "amount": Money(int(row.minor), row.currency)}
        for row in all_of_them
    ]
    if totals:
        emit(totals, as_json=as_json, title="On all pages", kind="sum")
    left = sum(row.many for row in all_of_them) - wanted.offset - len(found)
    if left > 0:
        click.echo(f"{left} more; see them with --skip {wanted.offset + len(found)}", err=True)


def _shown(books: Books, row: Row[Any]) -> dict[str, object]:
    return {
        "invoice": row.invoice,
        "line": row.line,
        "work": row.work,
        "supplier": row.supplier,
        "month": row.month,
        "reason": row.reason,
        "amount": Money(row.amount_minor, row.currency),
        "days": (books.as_of - row.found_on).days,
        "decision": row.decision,
        "owner": row.owner or None,
        "due": row.due_on,
        "dispute": row.dispute,
        "clock_owner": row.clock_owner,
    }
