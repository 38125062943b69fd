"""One cut-up story for all tests of faults."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from tests.faults.line import Line
from tests.faults.zygote import Zygote
from tests.postgres import server

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


@pytest.fixture
def postgres(postgres_server: str) -> str:
    """Return the address of an empty database of its own."""
    name = f"t{uuid4().hex}"
    maintenance = create_engine(postgres_server.format(name="postgres"))
    with maintenance.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    maintenance.dispose()
    return postgres_server.format(name=name)
