"""Our company, two buyers, and two freelancers under contract."""

import pytest

from tests import make
from tests.stages.tasks.story import ANOTHER_ADULT, FIRST, SECOND


@pytest.fixture
def freelancers(opener):
    """The keys of two freelancers as suppliers; the second one's contract is the newer."""
    with opener()() as books:
        make.people(books)
        make.person(books, "gao.buyer")
        make.grant(books, "gao.buyer", "buyer")
        first = make.freelancer(books, FIRST)
        second = make.freelancer(books, SECOND, ANOTHER_ADULT)
        return first.supplier_id, second.supplier_id
