import pytest

from tests.stages.sourcing.line import FIRST, Line, both_at_once, suppliers


@pytest.fixture
def line(settings):
    """Two recruiters under contract, and the clock that the test turns."""
    made = Line(settings)
    with made.books("system:test") as books:
        suppliers(books)
    return made


@pytest.fixture
def shortlisted(line):
    """One candidate of the first recruiter on the short list."""
    line.open(**both_at_once())
    return line.shortlist(line.submit(FIRST))
