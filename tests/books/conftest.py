from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from tests.make import AS_OF, MASTER_KEY
from vendorops.books import Opener, Terms, forget_engines, migrate, open_books
from vendorops.books.engine import engine
from vendorops.settings import Settings


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Empty books on each of the two databases."""
    address = ""
    if request.param == "postgresql":
        address = request.getfixturevalue("new_database")()
    settings = Settings.at(tmp_path, address)
    settings.key_file.write_bytes(MASTER_KEY)
    settings.key_file.chmod(0o600)
    migrate.upgrade(settings)
    yield settings
    engine(settings).dispose()
    forget_engines()


@pytest.fixture
def lend(anywhere: Settings):
    def make(actor: str = "system:test") -> Opener:
        return partial(open_books, anywhere, Terms(AS_OF, actor, lambda: datetime.now(UTC)))  # noqa: TID251 - a test is where time comes from.

    return make
