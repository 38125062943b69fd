"""Time comes to the same on PostgreSQL, whose sums and days are of other types."""

from datetime import UTC, datetime, time
from functools import partial

import pytest

from tests import make
from tests.make import MASTER_KEY, staffing
from tests.soundness import broken
from tests.stages.timesheets.month import (
    OVERTIME,
    REGULAR,
    accepted,
    corrected,
    credited,
    reported,
    states,
)
from vendorops.books import Terms, forget_engines, migrate, open_books
from vendorops.books.engine import engine
from vendorops.settings import Settings
from vendorops.stages.timesheets import ALL, Import, load
from vendorops.tables import CreditMemo

DAY = "2026-10-12"


@pytest.fixture
def postgresql(tmp_path, new_database):
    """Return `opener(as_of, actor)` over an empty PostgreSQL."""
    settings = Settings.at(tmp_path, new_database())
    settings.key_file.write_bytes(MASTER_KEY)
    settings.key_file.chmod(0o600)
    migrate.upgrade(settings)

    def make_opener(as_of=make.AS_OF, actor="system:test"):
        instant = datetime.combine(as_of, time(9), UTC)
        return partial(open_books, settings, Terms(as_of, actor, lambda: instant))

    yield make_opener
    engine(settings).dispose()
    forget_engines()


def test_time_in_bulk_is_gathered_corrected_and_credited_on_postgresql(postgresql):
    with postgresql()() as books:
        order = staffing.assignment(books, staffing.agency(books))
    data = staffing.time_file((order, DAY, REGULAR, "8"), (order, DAY, OVERTIME, "2"))
    for expected in ("entered", "unchanged"):
        found = load(postgresql(actor="he.hengxin"), data, ".csv", Import(ALL, "week"))
        assert {one.outcome for one in found} == {expected}
    accepted(postgresql)
    corrected(postgresql, staffing.correction_form("TS-2026-000001", (DAY, REGULAR, "9")))
    accepted(postgresql)
    credited(postgresql)

    with postgresql()() as books:
        assert reported(books)[-1] == (REGULAR, DAY, "1", "52.00")
        assert make.only(books, CreditMemo).net_minor == 15_600
        assert broken(books) == []
    assert set(states(postgresql).values()) == {"corrected", "approved"}
