"""A page of the inbox among many open questions, against the floor of reading it bare."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np
from sqlalchemy import insert

from vendorops.bench import Figures
from vendorops.books import Books, Terms, forget_engines, migrate, open_books
from vendorops.books.engine import engine
from vendorops.books.inbox import Inbox, Wanted
from vendorops.settings import Settings
from vendorops.tables import Decision, Person, RoleGrant

SEED = 20261126
TODAY = date(2026, 11, 26)
WHO = "ann.approver"
ROLES = ("approver", "buyer", "finance")
TIMES = 9
FLOOR = """
SELECT reference, subject_reference, kind, role, owner, due_on, question FROM decision
WHERE status IN ('requested', 'reminded', 'escalated') ORDER BY due_on, id LIMIT 100
"""
COUNT = "SELECT count(*) FROM decision WHERE status IN ('requested', 'reminded', 'escalated')"


def run(*, lines: int) -> Figures:
    """List, filter and count so many open questions, as one of those who may answer."""
    with TemporaryDirectory(prefix="vendorops-bench-") as folder:
        settings = Settings.at(Path(folder))
        migrate.upgrade(settings)
        terms = Terms(TODAY, "system:bench", lambda: datetime(2026, 11, 26, 9, tzinfo=UTC))
        with open_books(settings, terms) as books:
            _enter(books, lines)
        with open_books(settings, terms) as books:
            everything = _seconds(lambda: _look(books, Wanted()))
            mine = _seconds(lambda: _look(books, Wanted(able=WHO, overdue=True)))
            last = _seconds(lambda: _look(books, Wanted(offset=max(lines - 100, 0))))
        with closing(sqlite3.connect(settings.home / "books.db")) as connection:
            least = _seconds(lambda: _read(connection))
        engine(settings).dispose()
        forget_engines()
    return {
        "bench": "inbox",
        "lines": lines,
        "first_page_seconds": round(everything, 4),
        "mine_seconds": round(mine, 4),
        "last_page_seconds": round(last, 4),
        "floor_seconds": round(least, 4),
        "ratio": round(everything / least, 2),
    }


def _look(books: Books, wanted: Wanted) -> None:
    inbox = Inbox(books)
    for row in inbox.page(wanted):
        inbox.deputies(row.owner, row.role)
    inbox.count(wanted)


def _read(connection: sqlite3.Connection) -> None:
    connection.execute(FLOOR).fetchall()
    connection.execute(COUNT).fetchall()


def _seconds(act: Callable[[], object]) -> float:
    took = []
    for _ in range(TIMES):
        begun = perf_counter()
        act()
        took.append(perf_counter() - begun)
    return median(took)


def _enter(books: Books, lines: int) -> None:
    for role in ROLES:
        handle = WHO if role == "approver" else f"one.{role}"
        books.enter(Person(id=books.key(), handle=handle))
        books.enter(
            RoleGrant(
                id=books.key(),
                handle=handle,
                role=role,
                limit_minor=50_000_000,
                currency="CNY",
                valid_from=date(2026, 1, 1),
                granted_by="board",
            )
        )
    draw = np.random.default_rng(SEED)
    first = books.keys(lines)
    rows = [_question(first + number, number, draw) for number in range(lines)]
    books.session.connection().execute(insert(Decision), rows)


def _question(ident: int, number: int, draw: np.random.Generator) -> Mapping[str, Any]:
    role = ROLES[int(draw.integers(len(ROLES)))]
    due = TODAY + timedelta(days=int(draw.integers(-10, 6)))
    row = Decision(
        id=ident,
        reference=f"DEC-2026-{number + 1:06d}",
        kind="settlement",
        subject_table="settlement",
        subject_id=number + 1,
        subject_reference=f"SET-2026-{number + 1:06d}",
        content_sha256=f"{number:064d}",
        question="Pay what is owed under this contract for the month, after the tax withheld?",
        role=role,
        owner=WHO if role == "approver" else f"one.{role}",
        amount_minor=int(draw.integers(100_000_000)),
        currency="CNY",
        not_by=WHO if number % 7 == 0 else "",
        asked_by="system:settlement",
        asked_on=due - timedelta(days=5),
        due_on=due,
    )
    return row.model_dump()
