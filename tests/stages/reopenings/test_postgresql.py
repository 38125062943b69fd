"""The same months, sealed, reopened, replayed and told on the database that grows."""

from dataclasses import replace
from datetime import UTC, datetime, time
from functools import partial

import pytest
from sqlmodel import col, select

from tests import make
from tests.stages.reconciliation.closed_months import begin, close, months
from vendorops.books import Terms, migrate, open_books
from vendorops.books.engine import engine
from vendorops.documents.months import month_of, suppliers_of
from vendorops.documents.months.waterfall import waterfall
from vendorops.domain.periods import Period
from vendorops.invariants import check, every
from vendorops.stages import reconciliation
from vendorops.tables import Reconciliation
from vendorops.tracing import broken, explain

ABOUT_CLAIMS = ("M03", "M09", "M13", "M25", "M26", "F6")
COUNT = 3
"""Late claims, work accepted late, and in the third month a reopening."""


@pytest.fixture
def opener(settings, new_database):
    """As `opener` everywhere, on PostgreSQL."""
    other = replace(settings, database=new_database())
    migrate.upgrade(other)

    def make_opener(as_of=make.AS_OF, actor="system:test", month=None):
        instant = datetime.combine(as_of, time(9), UTC)
        period = Period.month(month) if month else None
        return partial(open_books, other, Terms(as_of, actor, lambda: instant, period))

    yield make_opener
    engine(other).dispose()


def test_reopened_months_replay_add_up_and_are_told_on_postgresql(opener):
    closed = months(opener, begin(opener), COUNT)
    for month in closed:
        close(month)

    with closed[-1].opener(20)() as books:
        rows = books.session.exec(select(Reconciliation).order_by(col(Reconciliation.id))).all()
        assert [row.version for row in rows] == [1, 2, 1, 1, 2]
        assert [what for row in rows for what in broken(explain(books, row.reference))] == []
        rules = [rule for rule in every() if rule.code in ABOUT_CLAIMS]
        assert [what for rule in rules for what in check(books, rule)] == []
        told = reconciliation.figures(books)
        assert [row["state"] for row in told] == ["superseded", "sealed"]
        (of,) = month_of(books, *suppliers_of(books))
        steps = waterfall(of)
        assert (
            sum(step.amount.minor for step in steps if not step.is_sum) == -steps[0].amount.minor
        )
