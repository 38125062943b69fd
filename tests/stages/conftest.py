"""After every test of a stage, the books it left behind must break no invariant."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import pytest

from tests.soundness import broken
from vendorops.books import Terms, open_books
from vendorops.settings import Settings

LATER = date(2100, 1, 1)
"""After everything that tests let happen."""


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "breaks(*codes): the invariants that a test of a stage breaks on purpose"
    )


@pytest.fixture(autouse=True)
def sound_books(request: pytest.FixtureRequest) -> Iterator[None]:
    """Verify the books of a test that has any, when it is over."""
    if "settings" not in request.fixturenames:
        yield
        return
    settings: Settings = request.getfixturevalue("settings")
    yield
    marker = request.node.get_closest_marker("breaks")
    later = Terms(LATER, "system:verify", lambda: datetime.combine(LATER, time(9), UTC))
    with open_books(settings, later) as books:
        found = broken(books)
    assert {each.split()[0] for each in found} == set(marker.args if marker else ()), found
