"""Tells which settled amounts a change of the law moves: another day, or other numbers."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import DAY, FILE, READER, json_option, month_option, opener
from vendorops.cli.texts import text_of
from vendorops.domain.money import total
from vendorops.domain.periods import Period
from vendorops.law import laid_over
from vendorops.paying.repricing import Moved, Version, moved


@click.command("diff")
@click.option(
    "--from", "from_day", type=DAY, help="Law of this day; of each payment's own unless given."
)
@click.option(
    "--to", "to_day", type=DAY, help="Against the law of this day; the same unless given."
)
@click.option("--numbers", type=FILE, help="Another file of numbers, named as on the shelf.")
@click.option(
    "--jurisdiction", "--place", "place", default="", help="Whose numbers they are, such as cn."
)
@month_option
@json_option
def diff(month: Period, *, as_json: bool, **given: Any) -> None:  # noqa: ANN401 - the options above.
    """List the tax of the month's settlements that moves between two versions of the law.

    Nothing is written. Each line names payee, rule, amounts before and after, and what changed.
    """
    if not (given["from_day"] or given["to_day"] or given["numbers"]):
        raise click.UsageError("say two days with --from and --to, or a file with --numbers")
    before = Version(_day(given["from_day"]))
    after = Version(_day(given["to_day"] or given["from_day"]), _numbers(given))
    with opener(READER, None, month)() as books:
        found = moved(books, month, before, after)
    emit([_told(each) for each in found], as_json=as_json, title="Moved", kind="moved")
    emit(_totals(month, found), as_json=as_json, title="Total", kind="total")


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


def _numbers(given: dict[str, Any]) -> dict[str, Any]:
    file: Path | None = given["numbers"]
    if file is None:
        return {}
    place, numbers = laid_over(text_of(file), file.stem, given["place"])
    return {place: numbers}


def _told(each: Moved) -> dict[str, object]:
    return {
        "settlement": each.settlement,
        "payee": each.payee,
        "place": each.place,
        "rule": each.rule,
        "before": each.before,
        "after": each.after,
        "difference": each.difference,
        "because": list(each.because) or ["an earlier payment of the month"],
    }


def _totals(month: Period, found: list[Moved]) -> list[dict[str, object]]:
    currencies = sorted({each.before.currency for each in found})
    return [
        {
            "month": month.label,
            "lines": len(same),
            "before": total([each.before for each in same], currency),
            "after": total([each.after for each in same], currency),
            "difference": total([each.difference for each in same], currency),
            "currency": currency,
        }
        for currency in currencies
        for same in [[each for each in found if each.before.currency == currency]]
    ] or [{"month": month.label, "lines": 0}]
