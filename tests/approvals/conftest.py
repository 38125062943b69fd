"""Books in which questions are asked, answered, handed on and corrected."""

from datetime import UTC, datetime
from functools import partial

import pytest

from tests.make import AS_OF
from vendorops.books import Opener, Terms, open_books
from vendorops.settings import Settings


@pytest.fixture
def lend(settings: Settings):
    """Return `lend(actor, as_of)`, which opens the books in somebody's name."""

    def make(actor: str = "system:test", as_of=AS_OF) -> Opener:
        return partial(open_books, settings, Terms(as_of, actor, lambda: datetime.now(UTC)))  # noqa: TID251 - a test is where time comes from.

    return make
