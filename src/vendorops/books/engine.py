"""Opens the database so that what it acknowledges is kept, or refuses to start."""

import os
from functools import cache
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from vendorops.domain.refusal import Refused
from vendorops.settings import Settings

SAFE = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
"""What SQLite must answer: WAL, FULL (acknowledged commits survive a power cut), keys enforced."""

CACHE = "cache_size = -65536"
"""KiB of pages held in memory: the indices of a year of a large company, most of them."""


_made: list[tuple[int, Engine]] = []
"""Every engine that is open, with the process that made it."""


class UnsafeDatabase(Refused):
    """The database would lose or corrupt what it acknowledged."""


@cache
def engine(settings: Settings) -> Engine:
    """Return the engine of an installation, one per process."""
    if make_url(settings.database).get_backend_name() == "sqlite":
        made = _sqlite(settings)
    else:
        made = create_engine(
            settings.database,
            isolation_level="READ COMMITTED",
            pool_pre_ping=True,
            hide_parameters=True,  # An error must not carry anybody's name into a log.
        )
    _made.append((os.getpid(), made))
    return made


def looking(settings: Settings) -> Engine:
    """Return the engine for transactions that look: they see what there was as they began.

    Temporary tables are theirs to write, so the database is not told that they only read.
    """
    if make_url(settings.database).get_backend_name() == "sqlite":
        return engine(settings).execution_options(looks=True)
    return engine(settings).execution_options(isolation_level="REPEATABLE READ")


def forget_engines() -> None:
    """Close every connection, so that files may be copied or a forked child start afresh.

    A child lets go of its parent's connections without closing them under it.
    """
    for process, made in _made:
        made.dispose(close=process == os.getpid())
    _made.clear()
    engine.cache_clear()


def _sqlite(settings: Settings) -> Engine:
    path = make_url(settings.database).database or ""
    made = create_engine(
        settings.database,
        connect_args={"timeout": settings.busy_seconds, "check_same_thread": False},
        hide_parameters=True,
    )

    @event.listens_for(made, "connect")
    def _open(connection: Any, _record: object) -> None:  # noqa: ANN401 - sqlite3's own type.
        connection.isolation_level = None  # SQLAlchemy's "begin" below starts transactions.
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", CACHE):
            connection.execute(f"PRAGMA {pragma}")
        check_safe(
            {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in SAFE}, path
        )

    @event.listens_for(made, "begin")
    def _begin(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy's Connection.
        looks = connection.get_execution_options().get("looks")
        # Taking the write lock first: two writers never both read and then both write.
        connection.exec_driver_sql("BEGIN" if looks else "BEGIN IMMEDIATE")

    return made


def check_safe(found: dict[str, object], where: str) -> None:
    """Refuse a SQLite database whose settings would lose acknowledged commits."""
    for name, wanted in SAFE.items():
        if found[name] != wanted:
            raise UnsafeDatabase(
                f"the database {where} has {name} = {found[name]} where {wanted} is needed; "
                "move it to a local disk that supports it, or set VENDOROPS_DATABASE elsewhere"
            )


def integrity(settings: Settings) -> list[str]:
    """Return what the database engine itself finds broken in its files."""
    if make_url(settings.database).get_backend_name() != "sqlite":
        return []
    try:
        with engine(settings).connect() as connection:
            pages = connection.execute(text("PRAGMA integrity_check")).scalars().all()
            keys = connection.execute(text("PRAGMA foreign_key_check")).all()
    except DatabaseError as damage:
        return [str(damage.orig)]
    broken = [str(page) for page in pages if page != "ok"]
    return broken + [f"foreign key broken in {row[0]} row {row[1]}" for row in keys]
