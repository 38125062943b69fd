"""A page of open exceptions among many, against the floor of reading it bare."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import insert
from sqlmodel import col, select

from vendorops.bench import Figures
from vendorops.bench._company import MONTH
from vendorops.bench._month import enter_month
from vendorops.books import Books, Terms, forget_engines, migrate, open_books
from vendorops.books.engine import engine
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.domain.periods import Period
from vendorops.settings import Settings
from vendorops.stages import sweep
from vendorops.stages.exceptions.listing import Wanted, page, sums
from vendorops.tables import Decision, Invoice

SEED = 20261031
TODAY = date(2026, 11, 26)
LINES_EACH = 4
"""Of so many lines at most one is an exception in the seeded month."""
OWNERS = ("ann.finance", "bo.finance", "cy.finance")
TIMES = 9
OPEN = """
FROM reconciliation AS r JOIN difference AS d ON d.reconciliation_id = r.id
JOIN invoiceline AS l ON l.id = d.invoice_line_id JOIN invoice AS i ON i.id = l.invoice_id
WHERE r.status = 'explained' AND d.treatment = 'disputed' AND i.status = 'under_query'
"""
FLOOR = f"SELECT i.reference, l.line, d.reason, d.amount_minor {OPEN} ORDER BY d.id LIMIT 100"
COUNT = f"SELECT COUNT(*) {OPEN}"


def run(*, lines: int) -> Figures:
    """List, filter and sum about so many open exceptions, as finance does."""
    with TemporaryDirectory(prefix="vendorops-bench-") as folder:
        settings = Settings.at(Path(folder))
        migrate.upgrade(settings)
        with engine(settings).begin() as connection:
            enter_month(connection, lines * LINES_EACH, SEED)
        instant = datetime(2026, 11, 26, 9, tzinfo=UTC)
        terms = Terms(TODAY, "system:bench", lambda: instant, Period.month(MONTH))
        sweep("reconciliation", partial(open_books, settings, terms))
        with open_books(settings, terms) as books:
            _ask(books)
        with open_books(settings, terms) as books:
            figures = _looked(books)
        with closing(sqlite3.connect(settings.home / "books.db")) as connection:
            least = _milliseconds(partial(_read, connection))
        engine(settings).dispose()
        forget_engines()
    return {"bench": "exceptions", **figures, "floor_ms": least}


def _looked(books: Books) -> Figures:
    """Return how long a person waits for pages and sums of several kinds."""
    count = sum(int(row.many) for row in sums(books, Wanted()))
    asked = {
        "first_page_ms": Wanted(),
        "last_page_ms": Wanted(offset=max(count - 100, 0)),
        "of_a_supplier_ms": Wanted(supplier="SUP-000001", reason="price_above_term"),
        "of_an_owner_ms": Wanted(owner=OWNERS[0], month=MONTH),
        "large_ms": Wanted(currency="CNY", least_minor=1_000_000),
    }
    took = {name: _milliseconds(partial(_look, books, wanted)) for name, wanted in asked.items()}
    return {"open": count, **took}


def _look(books: Books, wanted: Wanted) -> None:
    page(books, wanted)
    sums(books, wanted)


def _read(connection: sqlite3.Connection) -> None:
    connection.execute(FLOOR).fetchall()
    connection.execute(COUNT).fetchone()


def _milliseconds(act: Callable[[], object]) -> float:
    took = []
    for _ in range(TIMES):
        begun = perf_counter()
        act()
        took.append(perf_counter() - begun)
    return round(median(took) * 1000, 1)


def _ask(books: Books) -> None:
    """Enter the open question about each claim under query."""
    query = select(Invoice.id, Invoice.reference).where(
        col(Invoice.status) == InvoiceStatus.UNDER_QUERY.value
    )
    found = books.session.exec(query.order_by(col(Invoice.id))).all()
    first = books.keys(len(found))
    rows = [
        Decision(
            id=first + at,
            reference=f"DEC-2026-{at:06d}",
            kind="claim",
            subject_table="invoice",
            subject_id=ident,
            subject_reference=reference,
            content_sha256=f"{at:064d}",
            question="Pay what accepted work stands for?",
            role="finance",
            owner=OWNERS[at % len(OWNERS)],
            asked_by="system:exceptions",
            asked_on=TODAY,
            due_on=TODAY,
        ).model_dump()
        for at, (ident, reference) in enumerate(found)
    ]
    books.session.connection().execute(insert(Decision), rows)
