"""Applications in bulk, from spreadsheet to the buyer's question, against the least that takes.

The floor reads the same file, validates each row by the same model, and writes as many bare rows
as entering writes. Reading the attached PDFs is left out on both sides: it is a matter of PDFium.
"""

import csv
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar

from sqlmodel import SQLModel, func, select

from vendorops.bench import Figures
from vendorops.bench._apart import peak_megabytes
from vendorops.bench._applications import COMPANY, LICENCE, spreadsheet
from vendorops.books import Books, Opener, Terms, forget_engines, migrate, open_books
from vendorops.books.cipher import new_master_key
from vendorops.books.engine import engine
from vendorops.gateways.spreadsheet import read_sheets
from vendorops.settings import Settings
from vendorops.stages import Outcome, onboarding, stage, sweep_together
from vendorops.stages.onboarding import load_company
from vendorops.stages.onboarding.application import Application
from vendorops.stages.onboarding.bulk import PARTIAL, Line, enter_lines, judge, lines_of, roots
from vendorops.stages.onboarding.checking import check_case
from vendorops.stages.onboarding.checks import documents_read
from vendorops.tables import CheckFinding, Qualification

T = TypeVar("T")
DAY = date(2026, 11, 26)
TOGETHER = 100
SCRATCH = "CREATE TABLE floor (id INTEGER PRIMARY KEY, a, b, c, d, e, f, g, h)"
WRITE = "INSERT INTO floor VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


def run(*, lines: int) -> Figures:
    """Take so many applications in and check them; all of them are in order."""
    data = spreadsheet(lines)
    with TemporaryDirectory(prefix="vendorops-bench-") as folder:
        settings = Settings.at(Path(folder))
        _found(settings)
        figures = _measured(settings, data, lines)
        engine(settings).dispose()
        forget_engines()
    return {"bench": "onboard", "lines": lines, **figures, "peak_mb": peak_megabytes()}


def _found(settings: Settings) -> None:
    new_master_key(settings.key_file)
    migrate.upgrade(settings)
    (settings.home / LICENCE).write_bytes(b"%PDF-1.7 not read here %%EOF")
    with _opener(settings, "system:company")() as books:
        load_company(books, COMPANY.encode())


def _opener(settings: Settings, actor: str) -> Opener:
    instant = datetime(2026, 11, 26, 9, tzinfo=UTC)
    return partial(open_books, settings, Terms(DAY, actor, lambda: instant))


def _measured(settings: Settings, data: bytes, count: int) -> Figures:
    sheets, reading = _timed(lambda: read_sheets(data, roots()))
    lines, lining = _timed(lambda: lines_of(sheets))
    _, judging = _timed(lambda: judge(lines, settings.home))
    before = _rows(settings)
    applicant = _opener(settings, "mara.example")
    results, both = _timed(lambda: enter_lines(applicant, lines, settings.home, PARTIAL))
    entered = _rows(settings) - before
    with _papers_unread(), _checks_timed() as checks:
        outcome, both_steps = _timed(lambda: _check(settings))
    checking, asking = sum(checks), both_steps - sum(checks)
    _, least = _timed(lambda: _floor(settings, data, lines, entered))
    entering = max(both - judging, 0)  # Entering judges the lines once more.
    ours = reading + lining + judging + entering
    return {
        "read_per_second": round(count / reading),
        "validate_per_second": round(count / (lining + judging)),
        "enter_per_second": round(count / entering),
        "check_per_second": round(count / checking),
        "ask_per_second": round(count / asking),
        "ours_seconds": round(ours, 3),
        "check_seconds": round(checking, 3),
        "ask_seconds": round(asking, 3),
        "floor_seconds": round(least, 3),
        "ratio": round(ours / least, 2),
        "rows_written": entered,
        "entered": sum(result.outcome == "entered" for result in results),
        "waiting": len(outcome.waiting),
        "refused": len(outcome.refused),
    }


def _timed(act: Callable[[], T]) -> tuple[T, float]:
    begun = perf_counter()
    return act(), perf_counter() - begun


def _rows(settings: Settings) -> int:
    with _opener(settings, "reader")() as books:
        counts = (select(func.count()).select_from(t) for t in SQLModel.metadata.sorted_tables)
        return sum(books.session.exec(query).one() for query in counts)


def _check(settings: Settings) -> Outcome:
    opener = _opener(settings, "system:onboarding")
    with opener() as books:
        idents = stage("onboarding").ready(books)
    outcome = Outcome()
    for start in range(0, len(idents), TOGETHER):
        outcome.add(sweep_together("onboarding", opener, idents[start : start + TOGETHER]))
    return outcome


@contextmanager
def _checks_timed() -> Iterator[list[float]]:
    """Yield how long every check of a case took; what is left is asking the buyer."""
    taken: list[float] = []

    def timed(books: Books, case: Qualification) -> list[CheckFinding]:
        found, seconds = _timed(lambda: check_case(books, case))
        taken.append(seconds)
        return found

    setattr(onboarding, check_case.__name__, timed)  # As the stage knows it.
    yield taken
    setattr(onboarding, check_case.__name__, check_case)


@contextmanager
def _papers_unread() -> Iterator[None]:
    """Leave out what reads the attached files."""
    reading = documents_read.find
    documents_read.find = lambda _books, _case: iter(())  # type: ignore[assignment]  # put back below.
    try:
        yield
    finally:
        documents_read.find = reading


def _floor(settings: Settings, data: bytes, lines: Sequence[Line], rows: int) -> None:
    for _ in csv.DictReader(StringIO(data.decode(), newline="")):
        pass
    for line in lines:
        Application.model_validate(line.content)
    connection = sqlite3.connect(settings.home / "floor.db")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(SCRATCH)
    text = "as long as usual"
    connection.executemany(WRITE, ((at, *[text] * 8) for at in range(rows)))
    connection.commit()
    connection.close()
