"""The books from which all attacks start, made once on a real SQLite file."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from shutil import copyfile

import pytest

from tests.attacks.play import found
from tests.make import AS_OF, MASTER_KEY
from vendorops.books import Opener, Terms, forget_engines, open_books
from vendorops.books.engine import engine
from vendorops.settings import Settings


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Settings]:
    """An installation with a supplier we have known since long, whose money is owed."""
    home = tmp_path_factory.mktemp("attacked")
    copyfile(migrated, home / "books.db")
    settings = Settings.at(home)
    settings.key_file.write_bytes(MASTER_KEY)
    settings.key_file.chmod(0o600)

    def opener(as_of: date = AS_OF, actor: str = "system:test", month: str = "") -> Opener:
        del month  # The makers' steps name it, and nothing here depends on it.
        instant = datetime.combine(as_of, time(9), UTC)
        return partial(open_books, settings, Terms(as_of, actor, lambda: instant))

    found(opener)
    yield settings
    engine(settings).dispose()
    forget_engines()
