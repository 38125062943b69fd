"""What tests of the command line share: an installation it finds, and commands run in process."""

import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from shutil import copytree

import pytest

from tests.faults.dump import dump
from tests.told import played
from vendorops.books import Terms, forget_engines, open_books
from vendorops.books.engine import engine
from vendorops.cli import main
from vendorops.demo import story
from vendorops.settings import Settings


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def rows(self):
        return [json.loads(line) for line in self.out.splitlines()]

    def of(self, kind):
        return [row for row in self.rows if row["kind"] == kind]


@pytest.fixture
def run(monkeypatch, capsys):
    """Return `run("inbox", "--json")`, which runs one command in this process."""

    def running(*words):
        monkeypatch.setattr(sys, "argv", ["vendorops", *map(str, words)])
        try:
            main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return running


def find(monkeypatch, settings):
    """Let commands find an installation."""
    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("VENDOROPS_ACTOR", raising=False)


@pytest.fixture
def home(settings, monkeypatch, run):
    """An installation with our company in its books."""
    find(monkeypatch, settings)
    loaded = run("company", "load", story.SAMPLES / "company.yaml", "--as-of", story.APPLIED)
    assert loaded.code == 0
    return settings


@pytest.fixture
def everything(home):
    """Return `everything()`: all that the books and folders hold, to be compared."""

    def dumped():
        terms = Terms(story.FILED, "reader", lambda: datetime(2026, 12, 2, tzinfo=UTC))
        with open_books(home, terms) as books:
            return dump(books)

    return dumped


@pytest.fixture(scope="session")
def whole_month(tmp_path_factory):
    """The demonstration's month, from application to filed return."""
    return played(tmp_path_factory)


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """Return `copied(settings)`, a copy of an installation that commands find."""
    made = []

    def copy(settings):
        copytree(settings.home, tmp_path / "copied")
        made.append(Settings.at(tmp_path / "copied"))
        find(monkeypatch, made[-1])
        return made[-1]

    yield copy
    for each in made:
        engine(each).dispose()
    forget_engines()


@pytest.fixture
def month(whole_month, copied):
    """A copy of that month, of the test's own."""
    return copied(whole_month)
