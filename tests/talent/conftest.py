import pytest

from tests.make.talent import platform


@pytest.fixture
def books(opener):
    with opener()() as opened:
        yield opened


@pytest.fixture
def agency(books):
    """An agency whose people lin.buyer registers and gu.compliance verifies."""
    return platform(books)
