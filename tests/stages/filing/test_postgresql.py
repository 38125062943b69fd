"""Form 1099-NEC and the report of a platform in the database that grows."""

from dataclasses import replace
from datetime import UTC, datetime, time
from functools import partial

import pytest

from tests import make
from tests.soundness import broken
from tests.stages.filing.american_year import JANE, JOHN, carried, earned, template
from tests.stages.settlement.month import rows
from tests.stages.settlement.test_withholding_abroad import NEW_YEAR
from vendorops.books import Terms, migrate, open_books
from vendorops.books.engine import engine
from vendorops.domain.periods import Period
from vendorops.stages.returns import CHECKS
from vendorops.tables import Filing, InformationReturn


@pytest.fixture
def opener(settings, new_database):
    other = replace(settings, database=new_database())
    migrate.upgrade(other)

    def made(as_of=make.AS_OF, actor="system:test", month=None):
        instant = datetime.combine(as_of, time(9), UTC)
        of = Period.month(month) if month else None
        return partial(open_books, other, Terms(as_of, actor, lambda: instant, of))

    yield made
    engine(other).dispose()


def test_a_year_of_payees_is_compared_written_and_handed_in_on_postgresql(opener):
    earned(opener, (JANE, "5000"), (JOHN, "1999.99"))
    template(opener)

    carried(opener, NEW_YEAR, "IRIS-0001")

    with opener(as_of=NEW_YEAR)() as books:
        (filing,) = rows(books, Filing)
        (told,) = rows(books, InformationReturn)
        assert (filing.status, told.paid_minor, told.says) == ("accepted", 500_000, "original")
        assert all(each(books, filing) for each in CHECKS[-2:])
        assert broken(books) == []
