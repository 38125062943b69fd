"""What the bank tells, in the database that grows."""

from dataclasses import replace
from datetime import UTC, datetime, time
from functools import partial

import pytest

from tests import make
from tests.stages.bank_statements import told
from tests.stages.bank_statements.parting import back, said
from tests.stages.bank_statements.told import NEXT, Booked, statement, take, unsound
from tests.stages.settlement.month import paid, rows, run
from vendorops.books import Terms, migrate, open_books
from vendorops.books.engine import engine
from vendorops.domain.periods import Period
from vendorops.tables import Payment


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


def test_payments_are_settled_and_come_back_on_postgresql_too(opener):
    told.play(opener, ("40", "10"))
    booked = statement(Booked("2464.50", message="BAT-2026-000001"))
    back = Booked("1971.60", ["PAY-2026-000001"], direction="CRDT", reason="AC04")

    take(opener, booked)
    take(opener, statement(back, ident="2", opening="97535.50", day=NEXT), "back.xml")

    with opener(as_of=NEXT)() as books:
        assert [row.status for row in rows(books, Payment)] == ["returned", "settled"]
        assert unsound(books) == []


def test_a_part_that_came_back_is_paid_anew_once_on_postgresql_too(opener):
    told.play(opener, ("40",))
    take(opener, statement(Booked("1971.60", ["PAY-2026-000001"])))
    take(opener, back("300.00"), "back.xml")
    said(opener, part="300.00")
    run("payment", opener, as_of=NEXT)

    paid(opener, as_of=NEXT)
    take(opener, back("1700.00", "3", "98328.40"), "more.xml")

    assert told.asked(opener) == ["E_BANK_TWICE"]
    with opener(as_of=NEXT)() as books:
        assert unsound(books) == []
        assert [(row.status, row.amount_minor) for row in rows(books, Payment)] == [
            *(("settled", 197_160), ("sent", 30_000)),
        ]
