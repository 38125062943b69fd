"""What every test of the line starts from: an installation of its own, and its books."""

import gc
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from shutil import copyfile

import hypothesis
import pytest

from tests import memory, statements, templates
from tests import postgres as postgresql
from tests.make import AS_OF, MASTER_KEY
from vendorops.books import Opener, Terms, forget_engines, migrate, open_books
from vendorops.books.engine import engine
from vendorops.domain.periods import Period
from vendorops.settings import Settings

OpenerMaker = Callable[..., Opener]
LONG = (
    "faults",
    "year",
    "platform_year",
    "demo",
    "determinism",
    "secrecy",
    "attacks",
    "bench",
    "flows",
)
"""Folders whose files take longest; begun last, one of them would leave a processor idle."""

hypothesis.settings.register_profile("untimed", deadline=None)  # No test is timed.
hypothesis.settings.load_profile("untimed")
gc.disable()  # Until all tests are found: what is made meanwhile stays.
memory.settle()
statements.settle()
templates.settle()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest."""
    items.sort(key=lambda item: not any(part in LONG for part in item.path.parts))


def pytest_collection_finish() -> None:
    """Look for garbage from now on, but not among the million objects that describe the tests."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated and empty database, made once: a copy takes a hundredth of a migration."""
    settings = Settings.at(tmp_path_factory.mktemp("migrated"))
    migrate.upgrade(settings)
    engine(settings).dispose()
    forget_engines()
    return settings.home / "books.db"


@pytest.fixture
def settings(tmp_path: Path, migrated: Path) -> Iterator[Settings]:
    """An installation in a folder of its own: empty books, and the key of the vault."""
    home = tmp_path / "home"
    home.mkdir()
    chosen = Settings.at(home)
    copyfile(migrated, home / "books.db")
    chosen.key_file.write_bytes(MASTER_KEY)
    chosen.key_file.chmod(0o600)
    yield chosen
    engine(chosen).dispose()
    forget_engines()


@pytest.fixture
def opener(settings: Settings) -> OpenerMaker:
    """Return `opener(as_of, actor, month)`; with nothing given, the day of the makers."""

    def make(as_of: date = AS_OF, actor: str = "system:test", month: str | None = None) -> Opener:
        instant = datetime.combine(as_of, time(9), UTC)
        period = Period.month(month) if month else None
        terms = Terms(as_of=as_of, actor=actor, now=lambda: instant, month=period)
        return partial(open_books, settings, terms)

    return make


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Run a PostgreSQL server of the session's own; its address has a place for the name."""
    with postgresql.server() as address:
        yield address


@pytest.fixture(scope="session")
def migrated_postgres(postgres: str) -> str:
    """Name a migrated and empty database, made once."""
    return postgresql.migrated(postgres)


@pytest.fixture(scope="session")
def new_database(postgres: str, migrated_postgres: str) -> Callable[[], str]:
    """Return `new_database()`, which makes a migrated, empty database; it returns its address."""
    return lambda: postgres.format(name=postgresql.created(postgres, migrated_postgres))
