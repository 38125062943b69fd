"""A month's reconciliation against the floor of reading, matching in memory and writing."""

import resource
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import Engine, text

from vendorops.bench import Figures
from vendorops.bench._floor import floor
from vendorops.bench._month import MONTH, enter_month
from vendorops.books import Opener, Terms, forget_engines, migrate, open_books
from vendorops.books.engine import engine
from vendorops.domain.periods import Period
from vendorops.settings import Settings
from vendorops.stages import sweep

SEED = 20261031
MEGABYTE = 2**20

DISPUTED = "SELECT DISTINCT invoice_line_id FROM difference WHERE treatment = 'disputed'"
EXPLAINED = """
SELECT COUNT(*) FROM (
  SELECT l.id FROM invoiceline AS l JOIN (
    SELECT invoice_line_id, amount_minor FROM allocation
    UNION ALL SELECT invoice_line_id, amount_minor FROM difference
  ) AS part ON part.invoice_line_id = l.id
  GROUP BY l.id, l.net_minor HAVING SUM(part.amount_minor) = l.net_minor
) AS explained
"""


def run(*, lines: int = 100_000) -> Figures:
    """Reconcile a seeded month of so many lines, twelve kinds of defects among them."""
    with TemporaryDirectory(prefix="vendorops-bench-") as folder:
        settings = Settings.at(Path(folder))
        migrate.upgrade(settings)
        books = engine(settings)
        with books.begin() as connection:
            wrong = enter_month(connection, lines, SEED)
        ours = _timed(partial(_reconcile, settings))
        peak = _peak_megabytes()
        least = _timed(partial(floor, str(settings.home / "books.db")))
        figures = _quality(books, lines, wrong)
        books.dispose()
        forget_engines()
    speed = {"ours_seconds": round(ours, 3), "floor_seconds": round(least, 3)}
    ratio = round(ours / least, 2)
    return {
        "bench": "reconcile",
        "lines": lines,
        **speed,
        "ratio": ratio,
        **figures,
        "peak_mb": peak,
    }


def _reconcile(settings: Settings) -> None:
    instant = datetime(2026, 11, 4, 9, tzinfo=UTC)
    month = Period.month(MONTH)
    terms = Terms(date(2026, 11, 4), "system:reconciliation", lambda: instant, month)
    opener: Opener = partial(open_books, settings, terms)
    sweep("reconciliation", opener)


def _timed(act: Callable[[], object]) -> float:
    begun = perf_counter()
    act()
    return perf_counter() - begun


def _peak_megabytes() -> float:
    """Return the most memory this process ever held, building the month included."""
    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MEGABYTE, 1)


def _quality(books: Engine, lines: int, wrong: set[int]) -> Figures:
    """Return how much was matched and explained, and what was judged otherwise than seeded."""
    with books.connect() as connection:
        disputed = set(connection.execute(text(DISPUTED)).scalars())
        explained = connection.execute(text(EXPLAINED)).scalar_one()
    return {
        "matched_share": round(1 - len(disputed) / lines, 6),
        "explained_share": round(explained / lines, 6),
        "false_accepts": len(wrong - disputed),
        "false_disputes": len(disputed - wrong),
    }
