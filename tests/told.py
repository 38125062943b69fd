"""The month of the demonstration: told once for all processes that run tests, and copied."""

import os
from datetime import UTC, datetime, timedelta
from fcntl import LOCK_EX, flock
from itertools import count
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from tests.make import MASTER_KEY
from vendorops.books import forget_engines, migrate
from vendorops.books.engine import engine
from vendorops.demo import PlainWorld, story, tell
from vendorops.settings import SIMULATED, Settings

BEGUN = datetime(2026, 9, 21, 9, tzinfo=UTC)
TOLD = datetime(2026, 12, 2, 9, tzinfo=UTC)
"""After the last act."""
ALL = len(story.ACTS)
STOPS = (2, 3, 6, ALL)
"""After how many acts a copy is left.

Then all are qualified, contracts are in force, all is claimed, all is told.
"""


def ticking(settings: Settings, start: datetime = BEGUN) -> PlainWorld:
    """A world whose clock ticks a second whenever it is read."""
    ticks = count()
    return PlainWorld(settings, lambda: start + timedelta(seconds=next(ticks)))


def played(factory: pytest.TempPathFactory, acts: int = ALL) -> Settings:
    """Copy the installation in which so many acts of the demonstration have been played."""
    home = factory.mktemp("played") / "home"
    return Settings.at(Path(copytree(_everywhere(factory) / str(acts), home)))


def _everywhere(factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the copies; the first process that wants one tells the month."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "told"
    with folder.with_suffix(".lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not (folder / str(ALL)).exists():
            rmtree(folder, ignore_errors=True)  # Of a process that was ended while it told.
            _tell(folder)
    return folder


def _tell(folder: Path) -> None:
    home = folder / "telling"
    home.mkdir(parents=True)
    (home / SIMULATED).touch()
    settings = Settings.at(home)
    settings.key_file.write_bytes(MASTER_KEY)
    settings.key_file.chmod(0o600)
    migrate.upgrade(settings)
    for acts, _ in enumerate(tell(ticking(settings))):  # The next title comes when one is over.
        if acts in STOPS:
            _close(settings)
            copytree(home, folder / str(acts))
    _close(settings)
    home.rename(folder / str(ALL))


def _close(settings: Settings) -> None:
    engine(settings).dispose()
    forget_engines()
