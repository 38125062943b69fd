from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from tests.make import AS_OF, MASTER_KEY
from tests.postgres import server
from vendorops.books import Opener, Terms, forget_engines, migrate, open_books
from vendorops.books.engine import engine
from vendorops.settings import Settings


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    with server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Empty books on each of the two databases."""
    address = ""
    if request.param == "postgresql":
        server_address = request.getfixturevalue("postgres")
        name = f"t{uuid4().hex}"
        maintenance = create_engine(server_address.format(name="postgres"))
        with maintenance.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        maintenance.dispose()
        address = server_address.format(name=name)
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
