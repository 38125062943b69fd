"""The finished books of the story, and copies of them that take any row: no keys, no guards."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from shutil import copyfile

import pytest
from sqlmodel import Session

from tests.silence import Silence, named, rules
from tests.statements import sharing
from tests.told import played
from vendorops.books import Books
from vendorops.demo import story
from vendorops.domain.periods import Period
from vendorops.gateways.clock import now
from vendorops.settings import Settings

Fired = Callable[..., set[str]]


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation after the whole story."""
    return played(tmp_path_factory)


@pytest.fixture(scope="session")
def unguarded(finished: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same rows in tables that know no constraint, no key and no trigger."""
    path = tmp_path_factory.mktemp("unguarded") / "books.db"
    with closing(sqlite3.connect(finished.home / "books.db")) as connection:
        connection.execute("ATTACH ? AS bare", [str(path)])
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (name,) in tables.fetchall():
            connection.execute(f"CREATE TABLE bare.{name} AS SELECT * FROM main.{name}")  # noqa: S608 - a table of ours.
        connection.commit()
    return path


@pytest.fixture(scope="session")
def unbroken() -> Silence:
    """What rules read of the finished books."""
    return Silence()


@pytest.fixture
def bare(finished: Settings, unguarded: Path, tmp_path: Path) -> Iterator[Books]:
    """Books over a copy that takes any row; the documents are those of the story."""
    copyfile(unguarded, tmp_path / "books.db")
    settings = replace(finished, database=f"sqlite:///{tmp_path}/books.db")
    day = story.FILED + timedelta(days=1)
    made = sharing(settings.database)
    with Session(made) as session:
        yield Books(session, settings, day, Period.month_before(day), "system:verify", now)
    made.dispose()


@pytest.fixture
def fired(bare: Books, unbroken: Silence) -> Fired:
    """Return `fired(statement, …)`: the codes of what is broken once these were run."""

    def run(*statements: str) -> set[str]:
        connection = bare.session.connection()
        for statement in statements:
            assert connection.exec_driver_sql(statement).rowcount, f"no row: {statement}"
        changed = frozenset().union(*map(named, statements))
        return {found.code for found in unbroken.asked(bare, changed, rules())}

    return run
