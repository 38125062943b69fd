"""PostgreSQL says of every month what the rule for one line says: its integers and days too."""

from datetime import UTC, datetime, time
from functools import partial

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests import make
from tests.make import MASTER_KEY
from tests.stages.reconciliation.months import enter, months
from tests.stages.reconciliation.rows import judged_row_by_row, stored
from vendorops.books import Terms, forget_engines, migrate, open_books
from vendorops.books.engine import engine
from vendorops.settings import Settings
from vendorops.stages import reconciliation
from vendorops.stages.reconciliation.replay import faults
from vendorops.tables import Reconciliation

EXAMPLES = settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def postgresql(tmp_path, new_database):
    """Return an opener over an empty PostgreSQL."""
    where = Settings.at(tmp_path, new_database())
    where.key_file.write_bytes(MASTER_KEY)
    where.key_file.chmod(0o600)
    migrate.upgrade(where)
    instant = datetime.combine(make.AS_OF, time(9), UTC)
    yield partial(open_books, where, Terms(make.AS_OF, "system:test", lambda: instant))
    engine(where).dispose()
    forget_engines()


@EXAMPLES
@given(month=months())
def test_set_path_and_row_path_agree_on_postgresql(postgresql, month):
    with postgresql() as books:
        of = enter(books, month)

        reconciliation.advance(books, of.id)

        assert stored(books, of) == judged_row_by_row(books, month, of)
        assert faults(books, make.only(books, Reconciliation, supplier_id=of.id)) == []
