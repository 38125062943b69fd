"""Keeps who is employed by us, by blind index only, so that nobody is paid by task besides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books, log, vault
from vendorops.domain.refusal import Refused
from vendorops.gateways.spreadsheet import read_sheets
from vendorops.identifiers import identifier
from vendorops.tables import Employee
from vendorops.working.tasks.columns import rows_of

COLUMNS = ("scheme", "number", "since", "until")


class BadRegister(Refused):
    """The file of employees is not one, or a row of it says nothing we can keep."""


@dataclass(frozen=True)
class Loaded:
    """What a register changed."""

    entered: int
    ended: int
    unchanged: int


@dataclass(frozen=True)
class _Entry:
    scheme: str
    number: str
    since: date
    until: date | None


def load_employees(books: Books, data: bytes) -> Loaded:
    """Enter the rows of a spreadsheet: scheme, number, since, and until where it has ended.

    All or nothing; who is known already changes only by a day on which the employment ended.
    Numbers become blind indexes at once and are kept nowhere. Refused with the row and column.
    """
    rows = list(rows_of(read_sheets(data, COLUMNS), COLUMNS))
    for row in rows:
        if row.fault:
            raise BadRegister(f"row {row.number}, {row.fault}")
    entries = [_entry(row.number, row.cells) for row in rows]
    log.lock(books.session)
    counted = {"entered": 0, "ended": 0, "unchanged": 0}
    for entry in entries:
        counted[_enter(books, entry)] += 1
    return Loaded(**counted)


def _entry(row: int, cells: Mapping[str, str]) -> _Entry:
    scheme = cells["scheme"] or "cn_ric"
    try:
        number = identifier(scheme).check(cells["number"])
    except Refused as refusal:
        raise BadRegister(f"row {row}, column number: {refusal}") from refusal
    since = _day(row, "since", cells["since"])
    until = _day(row, "until", cells["until"]) if cells["until"] else None
    if until and until <= since:
        raise BadRegister(f"row {row}, column until: it lies not after since; correct it")
    return _Entry(scheme, number, since, until)


def _day(row: int, column: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadRegister(
            f"row {row}, column {column}: {text[:20]!r} is not a day; write it as 2026-10-31"
        ) from None


def _enter(books: Books, entry: _Entry) -> str:
    index = vault.blind_index(books, entry.number, entry.scheme)
    query = select(Employee).where(
        col(Employee.identifier_scheme) == entry.scheme,
        col(Employee.identifier_index) == index,
        col(Employee.since) == entry.since,
    )
    known = books.session.exec(query).one_or_none()
    if known is None:
        row = Employee(
            id=books.key(),
            identifier_scheme=entry.scheme,
            identifier_index=index,
            since=entry.since,
            until=entry.until,
            known_on=books.as_of,
        )
        books.enter(row, because=f"employed since {entry.since}")
        return "entered"
    if entry.until in (known.until, None):
        return "unchanged"
    known.until = entry.until
    books.record("ended", known, f"employed until before {entry.until}")
    return "ended"
