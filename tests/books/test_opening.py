import sqlite3
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from tests.make import AS_OF, MASTER_KEY
from vendorops.books import Terms, forget_engines, migrate, open_books
from vendorops.books.engine import SAFE, UnsafeDatabase, check_safe, engine, integrity
from vendorops.books.log import Circumstance, Happening, append
from vendorops.books.opening import WrongAge
from vendorops.invariants import checkpoint_holds
from vendorops.settings import Settings

NOW = Circumstance("system:test", AS_OF, datetime(2026, 11, 4, tzinfo=UTC))


def terms():
    return Terms(AS_OF, "system:test", lambda: datetime(2026, 11, 4, tzinfo=UTC))


@pytest.fixture
def home(tmp_path):
    settings = Settings.at(tmp_path)
    settings.key_file.write_bytes(MASTER_KEY)
    yield settings
    forget_engines()


def test_sqlite_is_opened_so_that_commits_survive(home):
    migrate.upgrade(home)

    with engine(home).connect() as connection:
        found = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in SAFE}

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.parametrize(
    "loosened", [{"synchronous": 1}, {"foreign_keys": 0}, {"journal_mode": "delete"}]
)
def test_a_database_that_would_lose_commits_is_refused(loosened):
    with pytest.raises(UnsafeDatabase, match=f"{next(iter(loosened))} = "):
        check_safe(SAFE | loosened, "books.db")


def test_an_empty_database_asks_to_be_upgraded(home):
    with pytest.raises(WrongAge, match="run vendorops db upgrade"), open_books(home, terms()):
        pass


def test_an_older_database_is_not_written_to(home):
    migrate.upgrade(home)
    engine(home).dispose()
    with sqlite3.connect(home.home / "books.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    connection.close()

    with pytest.raises(WrongAge, match="is at version 0000"), open_books(home, terms()):
        pass


def test_tables_and_migrations_say_the_same(anywhere):
    assert migrate.differences(anywhere) == []


def test_upgrading_a_second_time_changes_nothing(anywhere):
    migrate.upgrade(anywhere)

    assert migrate.differences(anywhere) == []


def test_the_database_finds_itself_sound(home):
    migrate.upgrade(home)

    assert integrity(home) == []


def test_a_damaged_page_is_found(home):
    migrate.upgrade(home)
    engine(home).dispose()
    forget_engines()
    path = home.home / "books.db"
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xff" * 4096)

    assert integrity(home)


def test_whoever_looks_keeps_nobody_from_writing_and_sees_one_moment(anywhere):
    with open_books(anywhere, replace(terms(), looks=True)) as looking:
        before = checkpoint_holds(looking, None)
        with open_books(anywhere, terms()) as writing:
            program = append(writing.session, 1, Happening("noted", "none", 1, "seen"), NOW)
        during = checkpoint_holds(looking, None)

    with open_books(anywhere, replace(terms(), looks=True)) as later:
        after = checkpoint_holds(later, None)
    assert program.seq == 1
    assert during == before != after


def test_what_whoever_looks_writes_is_undone(anywhere):
    with open_books(anywhere, replace(terms(), looks=True)) as looking:
        append(looking.session, 1, Happening("noted", "none", 1, "seen"), NOW)

    with open_books(anywhere, terms()) as writing:
        assert append(writing.session, 1, Happening("noted", "none", 1, "seen"), NOW).seq == 1
