import pytest

from tests.stages.sourcing.line import Line, suppliers


@pytest.fixture
def line(settings):
    """Two recruiters under contract, and the clock that the test turns."""
    made = Line(settings)
    with made.books("system:test") as books:
        suppliers(books)
    return made
