"""What tests of leased workers start from."""

from datetime import date

import pytest

from tests import make


@pytest.fixture
def contract(opener):
    with opener()() as books:
        make.people(books)
        return make.contract(books)


@pytest.fixture
def german(opener):
    with opener()() as books:
        make.people(books)
        return make.contract(
            books, place="de", starts_on=date(2024, 1, 1), ends_on=date(2030, 1, 1)
        )
