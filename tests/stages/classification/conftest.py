"""What tests of classification start from."""

import pytest

from tests import make


@pytest.fixture
def contract(opener):
    with opener()() as books:
        make.people(books)
        make.grant(books, "zhao.finance", "compliance")
        return make.contract(books)
