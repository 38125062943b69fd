"""Books with a supplier we know, made once for all tests of changed accounts."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from shutil import copyfile, copytree

import pytest

from tests import make
from tests.stages.bank_accounts.protocol import activate, qualify
from tests.stages.onboarding.applying import load
from vendorops.books import Opener, Terms, forget_engines, open_books
from vendorops.books.engine import engine
from vendorops.settings import Settings


@pytest.fixture(scope="session")
def known_once(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Path:
    """A home in which a supplier was let in in November and its account put into use."""
    settings = Settings.at(tmp_path_factory.mktemp("known"))
    copyfile(migrated, settings.home / "books.db")
    settings.key_file.write_bytes(make.MASTER_KEY)
    settings.key_file.chmod(0o600)

    def opener(as_of: date = make.AS_OF, actor: str = "system:test") -> Opener:
        instant = datetime.combine(as_of, time(9), UTC)
        return partial(open_books, settings, Terms(as_of, actor, lambda: instant))

    load(opener)
    qualify(opener)
    activate(opener)
    with opener()() as books:
        make.person(books, "ada.admin")
        make.grant(books, "ada.admin", "admin")
    engine(settings).dispose()
    forget_engines()
    return settings.home


@pytest.fixture
def known(known_once: Path, tmp_path: Path) -> Iterator[Settings]:
    """A copy of that home, of the test's own."""
    settings = Settings.at(Path(copytree(known_once, tmp_path / "home")))
    yield settings
    engine(settings).dispose()
    forget_engines()
