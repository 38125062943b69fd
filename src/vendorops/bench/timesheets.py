"""A clean file of time into the books, against the floor of reading it and bare inserts."""

import csv
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from sqlalchemy import Connection, insert

from vendorops.bench import Figures
from vendorops.bench._company import enter_company, enter_supplier
from vendorops.books import Opener, Terms, forget_engines, migrate, open_books
from vendorops.books.engine import engine
from vendorops.settings import Settings
from vendorops.stages.timesheets import ALL, Import, load
from vendorops.tables import Person, Row, Worker, WorkOrder

FIRST, TODAY = date(2026, 10, 1), date(2026, 11, 4)
DAYS, KINDS = 23, ("regular_hours", "overtime_hours")
WHO = "ann.buyer"
FLOOR = """
CREATE TABLE bare (id INTEGER PRIMARY KEY, timesheet_id INTEGER NOT NULL,
work_order_id INTEGER NOT NULL, on_day TEXT NOT NULL, kind TEXT NOT NULL,
quantity_e4 INTEGER NOT NULL) STRICT
"""


def run(*, lines: int = 100_000) -> Figures:
    """Load so many lines of time, all in order, as the sheets of weeks."""
    with TemporaryDirectory(prefix="vendorops-bench-") as folder:
        settings = Settings.at(Path(folder))
        migrate.upgrade(settings)
        books = engine(settings)
        with books.begin() as connection:
            _enter_orders(connection, -(-lines // (DAYS * len(KINDS))))
        data = _file(lines)
        terms = Terms(TODAY, WHO, lambda: datetime(2026, 11, 4, 9, tzinfo=UTC))
        opener: Opener = partial(open_books, settings, terms)
        begun, busy = perf_counter(), process_time()
        results = load(opener, data, ".csv", Import(ALL, "week"))
        ours, ours_busy = perf_counter() - begun, process_time() - busy
        entered = sum(one.outcome == "entered" for one in results)
        begun, busy = perf_counter(), process_time()
        _bare(Path(folder) / "bare.db", data)
        least, least_busy = perf_counter() - begun, process_time() - busy
        books.dispose()
        forget_engines()
    return {
        "bench": "timesheets",
        "lines": lines,
        "entered": entered,
        "sheets": len({one.sheet for one in results}),
        "ours_seconds": round(ours, 3),
        "ours_rows_per_second": round(lines / ours),
        "ours_cpu_seconds": round(ours_busy, 3),
        "floor_seconds": round(least, 3),
        "floor_cpu_seconds": round(least_busy, 3),
        "ratio": round(ours / least, 2),
    }


def _file(lines: int) -> bytes:
    """Return a file of hours for each worker and day, written by nobody's clock."""
    rows = ["work_order,day,kind,quantity"]
    days = [(FIRST + timedelta(days=at)).isoformat() for at in range(DAYS)]
    per_order = DAYS * len(KINDS)
    for at in range(lines):
        order, rest = divmod(at, per_order)
        day, kind = divmod(rest, len(KINDS))
        much = "8" if kind == 0 else f"{1 + at % 3 / 2:.1f}"
        rows.append(f"WO-{order:06d},{days[day]},{KINDS[kind]},{much}")
    return "\n".join(rows).encode()


def _bare(path: Path, data: bytes) -> None:
    """Read the same file and insert the same rows, with no question asked."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(FLOOR)
        reader = csv.reader(StringIO(data.decode(), newline=""))
        next(reader)
        connection.executemany(
            "INSERT INTO bare VALUES (?, ?, ?, ?, ?, ?)",
            (
                (at, at, int(order[3:]), day, kind, int(much.replace(".", "")))
                for at, (order, day, kind, much) in enumerate(reader)
            ),
        )
        connection.commit()


def _enter_orders(connection: Connection, count: int) -> None:
    enter_company(connection)
    enter_supplier(connection, 1, contracts=[2])
    _put(connection, Person, [{"id": 1, "handle": WHO, "party_id": None}])
    _put(connection, Worker, [_worker(at) for at in range(count)])
    _put(connection, WorkOrder, [_order(at) for at in range(count)])


def _put(connection: Connection, table: type[Row], rows: list[dict[str, object]]) -> None:
    connection.execute(insert(table), rows)


def _worker(at: int) -> dict[str, object]:
    return {
        "id": at + 1,
        "reference": f"WKR-{at:06d}",
        "supplier_id": 2,
        "name": f"Worker {at}",
        "place": "cn",
        "identifier_scheme": "cn_citizen_id",
        "identifier_masked": "…",
        "identifier_index": f"{at:064d}",
        "email": "",
        "status": "active",
    }


def _order(at: int) -> dict[str, object]:
    return {
        "id": at + 1,
        "reference": f"WO-{at:06d}",
        "form": "work_order",
        "contract_id": 2,
        "worker_id": at + 1,
        "title": "Sorting",
        "starts_on": FIRST,
        "ends_on": date(2027, 1, 1),
        "currency": "CNY",
        "budget_minor": 10**9,
        "requested_by": WHO,
        "ordered_on": FIRST,
        "status": "active",
    }
