"""An empty database for a benchmark, gone when it ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from os import getpid
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from vendorops.settings import Settings


@contextmanager
def emptied(home: Path, server: str) -> Iterator[Settings]:
    """Lend the settings of a folder: SQLite in it, or a new database on a PostgreSQL server.

    No database that was there before is touched: whoever the address names must be allowed to
    make one.
    """
    if not server:
        yield Settings.at(home)
        return
    name = f"vendorops_bench_{getpid()}"
    maker = create_engine(server, isolation_level="AUTOCOMMIT")
    with maker.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        address = make_url(server).set(database=name).render_as_string(hide_password=False)
        yield Settings.at(home, address)
    finally:
        with maker.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        maker.dispose()
