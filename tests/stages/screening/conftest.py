"""Every test of screening has somebody who holds the role of compliance."""

import pytest

from tests import make


@pytest.fixture(autouse=True)
def compliance(opener):
    with opener()() as books:
        make.person(books, "gu.compliance")
        make.grant(books, "gu.compliance", "compliance")
