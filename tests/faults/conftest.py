"""One cut-up story for all tests of faults."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.line import Line
from tests.faults.zygote import Zygote
from tests.postgres import created, migrated, server

PROCESSES = 2


@pytest.fixture(scope="session")
def line() -> Iterator[Line]:
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="vendorops-faults-"))
        zygotes = [stack.enter_context(Zygote(many=True)) for _ in range(PROCESSES)]
        yield Line(Path(folder), zygotes)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with server() as address:
        yield address


@pytest.fixture(scope="session")
def migrated_there(postgres_server: str) -> str:
    """Name a migrated and empty database, made once."""
    return migrated(postgres_server)


@pytest.fixture
def postgres(postgres_server: str, migrated_there: str) -> str:
    """Return the address of a migrated and empty database of its own."""
    return postgres_server.format(name=created(postgres_server, migrated_there))
