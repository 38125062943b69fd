"""A real PostgreSQL server for tests: Debian's, started in a folder of its own, never as root."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from vendorops.books import forget_engines, migrate
from vendorops.books.engine import engine
from vendorops.settings import Settings

UNPRIVILEGED = "postgres"
EMPTY = "template1"
"""What a server makes new databases from unless told otherwise."""


def programs() -> Path:
    """Return the folder of the newest server installed, or skip the test with a plain reason."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3])
    )
    if not found:
        pytest.skip("no PostgreSQL server is installed; install Debian's package postgresql")
    return found[-1].parent


def _as_user(*command: str) -> None:
    before = ["runuser", "-u", UNPRIVILEGED, "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*before, *command], check=False, capture_output=True, text=True, cwd="/", timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def server() -> Iterator[str]:
    """Run a server that listens on a socket in its own folder; yield its address."""
    binaries = programs()
    folder = Path(mkdtemp(prefix="vendorops-pg-"))
    if os.geteuid() == 0:
        user = pwd.getpwnam(UNPRIVILEGED)
        os.chown(folder, user.pw_uid, user.pw_gid)
    data, log = folder / "data", folder / "log"
    try:
        _as_user(
            f"{binaries}/initdb", "-D", str(data), "-U", "tester", "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        options = f"-k {folder} -c listen_addresses= -c max_connections=50"
        start = (
            f"{binaries}/pg_ctl",
            "-D",
            str(data),
            "-o",
            options,
            "-l",
            str(log),
            "-w",
            "start",
        )
        _as_user(*start)
        try:
            yield f"postgresql+psycopg://tester@/{{name}}?host={folder}"
        finally:
            _as_user(f"{binaries}/pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def created(server: str, template: str = EMPTY) -> str:
    """Make a database on a server, whose address has a place for its name; return its name."""
    name = f"t{uuid4().hex}"
    ask(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


def migrated(server: str) -> str:
    """Make an empty database with all tables on a server; it copies that in a moment."""
    name = created(server)
    with TemporaryDirectory() as home:
        settings = Settings.at(Path(home), server.format(name=name))
        migrate.upgrade(settings)
        engine(settings).dispose()
        forget_engines()
    return name


def ask(server: str, statement: str) -> None:
    """Run a statement that no transaction may hold."""
    maintenance = create_engine(server.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with maintenance.connect() as connection:
        connection.execute(text(statement))
    maintenance.dispose()
