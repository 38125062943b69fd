"""The same ties in the database that grows."""

from dataclasses import replace
from datetime import UTC, datetime, time
from functools import partial

import pytest

from tests import make
from tests.stages.intake.claims import known
from tests.stages.intake.test_sources import booked, credit, half, invoice, ties
from vendorops.books import Terms, migrate, open_books
from vendorops.books.engine import engine
from vendorops.invariants import check, every
from vendorops.stages.intake.sources import SourceExceeded


@pytest.fixture
def opener(settings, new_database):
    """As `opener` everywhere, on PostgreSQL."""
    other = replace(settings, database=new_database())
    migrate.upgrade(other)
    instant = datetime.combine(make.AS_OF, time(9), UTC)
    yield partial(open_books, other, Terms(make.AS_OF, "system:test", lambda: instant))
    engine(other).dispose()


def test_no_more_is_credited_than_is_left_and_the_invariant_holds_on_postgresql(opener):
    with opener() as books:
        of = known(books)
        source = invoice(books, of)
        first = booked(books, credit(of, "HX-2026-10", lines=half(of)))
        with pytest.raises(SourceExceeded, match=r"only 1133\.67 CNY is left"):
            booked(books, credit(of, "HX-2026-10", number="CN-2"))

    with opener() as books:
        assert ties(books) == [(first.id, source.id, 98_580)]
        (rule,) = (rule for rule in every() if rule.code == "M27")
        assert check(books, rule) == []
