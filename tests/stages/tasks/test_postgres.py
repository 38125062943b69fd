"""The same life of a task in the database that grows."""

from dataclasses import replace
from datetime import UTC, datetime, time
from functools import partial

import pytest

from tests import make
from tests.stages.tasks.story import (
    FIRST,
    given,
    handed_in,
    judged,
    posted,
    run,
    signed,
    statuses,
)
from vendorops.books import Terms, migrate, open_books
from vendorops.books.engine import engine
from vendorops.invariants import check, every

OURS = {f"S{number}" for number in range(53, 60)}


@pytest.fixture
def opener(settings, new_database):
    """As `opener` everywhere, on PostgreSQL."""
    other = replace(settings, database=new_database())
    migrate.upgrade(other)

    def make_opener(as_of=make.AS_OF, actor="system:test", month=None):
        del month
        instant = datetime.combine(as_of, time(9), UTC)
        return partial(open_books, other, Terms(as_of, actor, lambda: instant))

    yield make_opener
    engine(other).dispose()


def test_a_task_is_accepted_and_its_invariants_hold_on_postgresql(opener, freelancers):
    task = posted(opener)
    row = signed(opener, given(opener, task, freelancers[0]), FIRST)
    handed_in(opener, row, FIRST)
    run(opener)
    judged(opener)

    assert statuses(opener, task) == ("posted", ["accepted"])
    with opener()() as books:
        rules = [rule for rule in every() if rule.code in OURS]
        assert [found for rule in rules for found in check(books, rule)] == []
        assert {rule.code for rule in rules} == OURS
