"""A month's reconciliation against the floor of reading, matching in memory and writing."""

from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from sqlalchemy import Connection, text

from vendorops.bench import Figures
from vendorops.bench._apart import Spent, apart
from vendorops.bench._company import MONTH
from vendorops.bench._database import emptied
from vendorops.bench._floor import REASONS, floor, verdicts
from vendorops.bench._lines import Whole
from vendorops.bench._month import enter_month
from vendorops.books import Opener, Terms, forget_engines, migrate, open_books
from vendorops.books.engine import engine
from vendorops.domain.periods import Period
from vendorops.settings import Settings
from vendorops.stages import sweep

SEED = 20261031
SIEVE = 997
"""Amounts are summed with a weight by line, so that no two lines change places unseen."""

DISPUTED = """
SELECT DISTINCT invoice_line_id FROM difference WHERE treatment = 'disputed' ORDER BY 1
"""
EXPLAINED = """
SELECT COUNT(*) FROM (
  SELECT l.id FROM invoiceline AS l JOIN (
    SELECT invoice_line_id, amount_minor FROM allocation
    UNION ALL SELECT invoice_line_id, amount_minor FROM difference
  ) AS part ON part.invoice_line_id = l.id
  GROUP BY l.id, l.net_minor HAVING SUM(part.amount_minor) = l.net_minor
) AS explained
"""
OURS = f"""
SELECT '', COUNT(*), SUM(amount_minor * (invoice_line_id % {SIEVE})) FROM allocation
UNION ALL SELECT reason, COUNT(*), SUM(amount_minor * (invoice_line_id % {SIEVE}))
FROM difference GROUP BY reason
"""  # noqa: S608 - our own number.
BARE = f"""
SELECT -1, COUNT(*), SUM(amount * (line % {SIEVE})) FROM floor_allocation
UNION ALL SELECT reason, COUNT(*), SUM(amount * (line % {SIEVE}))
FROM floor_difference GROUP BY reason
"""  # noqa: S608 - our own number.


CLAIMED = {
    "SELECT id, claimed_e4 FROM workitem WHERE claimed_e4 > 0": (
        "SELECT work, quantity FROM floor_claimed"
    ),
    "SELECT id, 1 FROM invoice WHERE status = 'under_query'": (
        "SELECT claim, 1 FROM floor_unclear WHERE lines > 0"
    ),
}
"""What is claimed of work, and which claims wait for a person: in the books, and on the floor."""


def run(*, lines: int = 100_000, database: str = "") -> Figures:
    """Reconcile a seeded month of so many lines, fourteen kinds of defects among them.

    On SQLite, or in a database made for it on a PostgreSQL server whose address is given.
    """
    with (
        TemporaryDirectory(prefix="vendorops-bench-") as folder,
        emptied(Path(folder), database) as settings,
    ):
        wrong = _enter(settings, lines)
        ours = apart(partial(_reconcile, settings), settings)
        bare = apart(partial(_verdicts, settings), settings)
        least = apart(partial(_floor, settings), settings)
        with engine(settings).connect() as connection:
            _same(connection)
            figures = _quality(connection, lines, wrong)
            kind = connection.dialect.name
        engine(settings).dispose()
        forget_engines()
    return {
        "bench": "reconcile",
        "database": kind,
        "lines": lines,
        **_speed(ours, "ours"),
        **_speed(least, "floor"),
        **_speed(bare, "verdicts"),
        "lines_per_second": round(lines / ours.wall),
        "ratio": round(ours.wall / least.wall, 2),
        "cpu_ratio": round(ours.cpu / least.cpu, 2),
        "verdicts_cpu_ratio": round(ours.cpu / bare.cpu, 2),
        **figures,
        "peak_mb": ours.peak_mb,
    }


def _enter(settings: Settings, lines: int) -> Whole:
    """Return the lines that must be disputed."""
    migrate.upgrade(settings)
    with engine(settings).begin() as connection:
        wrong = enter_month(connection, lines, SEED)
        connection.exec_driver_sql("ANALYZE")  # As the databases' own housekeeping would.
    engine(settings).dispose()
    forget_engines()
    return wrong


def _reconcile(settings: Settings) -> None:
    instant = datetime(2026, 11, 4, 9, tzinfo=UTC)
    month = Period.month(MONTH)
    terms = Terms(date(2026, 11, 4), "system:reconciliation", lambda: instant, month)
    opener: Opener = partial(open_books, settings, terms)
    outcome = sweep("reconciliation", opener)
    if outcome.refused:
        raise AssertionError(f"the seeded month was refused: {outcome.refused[0]}")


def _verdicts(settings: Settings) -> None:
    verdicts(engine(settings), MONTH)


def _floor(settings: Settings) -> None:
    floor(engine(settings), MONTH)


def _speed(spent: Spent, whose: str) -> Figures:
    return {
        f"{whose}_seconds": round(spent.wall, 3),
        f"{whose}_cpu_seconds": round(spent.cpu, 3),
    }


def _same(connection: Connection) -> None:
    """Make sure that the floor wrote what we wrote, reason by reason."""
    ours = {reason: tuple(rest) for reason, *rest in connection.execute(text(OURS))}
    bare = {
        REASONS[code] if code >= 0 else "": tuple(rest)
        for code, *rest in connection.execute(text(BARE))
    }
    if ours != bare:
        raise AssertionError(f"the floor does other work: {bare} instead of {ours}")
    for told, made in CLAIMED.items():
        if {*connection.execute(text(told))} != {*connection.execute(text(made))}:
            raise AssertionError(f"the floor does other work: not {told}")


def _quality(connection: Connection, lines: int, wrong: Whole) -> Figures:
    """Return how much was matched and explained, and what was judged otherwise than seeded."""
    found = connection.execute(text(DISPUTED)).scalars()
    disputed = np.fromiter(found, np.int64)
    explained = connection.execute(text(EXPLAINED)).scalar_one()
    return {
        "matched_share": round(1 - len(disputed) / lines, 6),
        "explained_share": round(explained / lines, 6),
        "false_accepts": len(np.setdiff1d(wrong, disputed, assume_unique=True)),
        "false_disputes": len(np.setdiff1d(disputed, wrong, assume_unique=True)),
    }
