"""Enters time that was judged sound: a sheet for each order and period, an entry for each line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import insert
from sqlmodel import col, select

from vendorops.books import Books, content_sha256
from vendorops.books.many import enter_many
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.stages.timesheets.judging import Worked
from vendorops.stages.timesheets.orders import Order
from vendorops.tables import Person, TimeEntry, Timesheet

WEEK, MONTH = "week", "month"
PREFIX = "TS"
BECAUSE = "time handed in"
Entry = tuple[date, str, int]
"""Day, kind and quantity in ten-thousandths."""


class NotYours(Refused):
    """Whoever hands time in is not known, or belongs to another supplier."""


@dataclass(frozen=True)
class Source:
    """What sheets are entered from, and in which pieces."""

    sha256: str
    period: str
    """`week` or `month`; a week ends with its month, because money is counted by months."""


def bounds(period: str, day: date) -> Period:
    """Return the week or month in which a day lies.

    >>> bounds("week", date(2026, 10, 31)), bounds("week", date(2026, 11, 1))
    (2026-10-26..2026-11-01, 2026-11-01..2026-11-02)
    """
    month = Period.month_of(day)
    if period == MONTH:
        return month
    monday = day - timedelta(days=day.weekday())
    return Period(max(monday, month.start), min(monday + timedelta(days=7), month.end))


def entries_sha256(entries: Iterable[Entry]) -> str:
    """Return the hash of time, whatever the order of its lines."""
    told = (f"{day.isoformat()} {kind} {quantity}" for day, kind, quantity in sorted(entries))
    return content_sha256("\n".join(told))


def grouped(rows: Iterable[Worked], period: str) -> list[tuple[Order, Period, list[Worked]]]:
    """Return lines by order and period, in the order of their references and days."""
    spans: dict[date, Period] = {}
    found: dict[tuple[str, date], tuple[Order, Period, list[Worked]]] = {}
    for row in rows:
        span = spans.get(row.day)
        if span is None:
            span = spans[row.day] = bounds(period, row.day)
        key = (row.order.reference, span.start)
        group = found.get(key)
        if group is None:
            group = found[key] = (row.order, span, [])
        group[2].append(row)
    return [found[key] for key in sorted(found)]


def refuse_stranger(books: Books, orders: Iterable[Order]) -> None:
    """Refuse somebody unknown, and somebody of another supplier than an order's."""
    reasons = strangeness(books, orders)
    if reasons:
        raise NotYours(next(iter(reasons.values())))


def strangeness(books: Books, orders: Iterable[Order]) -> dict[int, str]:
    """Return why the actor may not hand time in, by order; nothing of those where he may."""
    query = select(Person).where(col(Person.handle) == books.actor)
    person = books.session.exec(query).one_or_none()
    unknown = f"nobody is known as {books.actor!r}; hand time in as a person"
    return {
        order.id: unknown
        if person is None
        else (
            f"{books.actor} does not belong to {order.supplier}; time under {order.reference} is"
            " handed in by its supplier or by us"
        )
        for order in orders
        if person is None or person.party_id not in (None, order.party_id)
    }


def enter_sheet(books: Books, rows: Sequence[Worked], source: Source) -> Timesheet:
    """Enter the time of one order and period as one sheet."""
    ((order, span, lines),) = grouped(rows, source.period)
    reference = books.reference(PREFIX)
    told = columns(books, order, span, lines, source)
    sheet = Timesheet(id=books.key(), reference=reference, **told)  # type: ignore[arg-type]  # columns by name.
    books.enter(sheet, because=BECAUSE)
    _enter_entries(books, _entries(sheet.id, lines))
    return sheet


def enter_all(books: Books, rows: Sequence[Worked], source: Source) -> dict[int, str]:
    """Enter any amount of time in a few statements; return the sheet of each line."""
    groups = grouped(rows, source.period)
    references = books.references(PREFIX, len(groups)) if groups else []
    first = books.keys(len(groups)) if groups else 0
    sheets = [
        {"id": first + at, "reference": reference, **columns(books, *group, source)}
        for at, (reference, group) in enumerate(zip(references, groups, strict=True))
    ]
    enter_many(books, Timesheet, sheets, BECAUSE)
    _enter_entries(
        books,
        [row for at, (_, _, lines) in enumerate(groups) for row in _entries(first + at, lines)],
    )
    return {
        row.line: reference
        for reference, (_, _, lines) in zip(references, groups, strict=True)
        for row in lines
    }


def columns(
    books: Books, order: Order, span: Period, lines: Sequence[Worked], source: Source
) -> dict[str, object]:
    """Return the columns of a sheet that do not need to be minted."""
    return {
        "work_order_id": order.id,
        "kind": "original",
        "version": 0,
        "root_id": None,
        "corrects_id": None,
        "period": source.period,
        "starts_on": span.start,
        "ends_on": span.end,
        "month": span.start.strftime("%Y-%m"),
        "entries_sha256": entries_sha256((row.day, row.kind, row.quantity_e4) for row in lines),
        "source_sha256": source.sha256,
        "reason": "",
        "submitted_by": books.actor,
        "submitted_on": books.as_of,
        "gathered_on": None,
        "service_sheet_id": None,
    }


def _entries(sheet_id: int, lines: Sequence[Worked]) -> list[dict[str, object]]:
    return [
        {
            "timesheet_id": sheet_id,
            "work_order_id": order.id,
            "on_day": day,
            "kind": kind,
            "quantity_e4": quantity,
        }
        for _, order, day, kind, quantity in sorted(lines, key=_by_day)
    ]


def _by_day(row: Worked) -> tuple[date, str]:
    return row.day, row.kind


def _enter_entries(books: Books, rows: list[dict[str, object]]) -> None:
    if rows:
        first = books.keys(len(rows))
        for at, row in enumerate(rows):
            row["id"] = first + at
        books.session.connection().execute(insert(TimeEntry), rows)
