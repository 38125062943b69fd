"""Verifies books as they stood at a moment, in another process: on a copy of them."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, time
from pathlib import Path
from shutil import copyfile
from time import perf_counter

from tests.soundness import broken
from vendorops.books import Terms, open_books
from vendorops.settings import Settings


def copied(settings: Settings, to: Path) -> Path:
    """Copy books as they are now; the documents, which only grow, are shared."""
    to.mkdir()
    with (
        closing(sqlite3.connect(settings.home / "books.db")) as source,
        closing(sqlite3.connect(to / "books.db")) as target,
    ):
        source.backup(target)
    copyfile(settings.key_file, to / settings.key_file.name)
    (to / settings.key_file.name).chmod(0o600)
    (to / settings.documents.name).symlink_to(settings.documents)
    return to


def verified(home: Path, day: date, part: int, parts: int) -> tuple[list[str], float]:
    """Return what a part of the invariants finds broken in a copy, and after how many seconds."""
    begun = perf_counter()
    at = datetime.combine(day, time(9), UTC)
    with open_books(Settings.at(home), Terms(day, "reader", lambda: at, looks=True)) as books:
        found = broken(books, part, parts)
    if parts == 1:
        (home / "books.db").unlink()
    return found, perf_counter() - begun
