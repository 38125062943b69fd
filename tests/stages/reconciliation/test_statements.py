"""A month is matched by as many statements however many lines it has."""

from datetime import UTC, datetime
from functools import partial

from sqlalchemy import event
from sqlmodel import select

from tests.make import AS_OF
from vendorops.bench._month import enter_month
from vendorops.books import Terms, forget_engines, migrate, open_books
from vendorops.books.engine import engine
from vendorops.settings import Settings
from vendorops.stages import sweep
from vendorops.tables import InvoiceLine, Reconciliation


def statements(home, lines):
    """Reconcile a month of so many lines, and count what the database was asked."""
    home.mkdir()
    settings = Settings.at(home)
    migrate.upgrade(settings)
    with engine(settings).begin() as connection:
        enter_month(connection, lines, seed=20261031)
    terms = Terms(AS_OF, "system:test", lambda: datetime(2026, 11, 4, 9, tzinfo=UTC))
    opener = partial(open_books, settings, terms)
    asked = []

    @event.listens_for(engine(settings), "before_cursor_execute")
    def _count(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    assert not sweep("reconciliation", opener).refused
    count = len(asked)
    with opener() as books:
        assert len(books.session.exec(select(InvoiceLine.id)).all()) == lines
        assert len(books.session.exec(select(Reconciliation)).all()) == 2
    forget_engines()
    return count


def test_ten_times_the_lines_take_no_statement_more(tmp_path):
    few = statements(tmp_path / "few", 300)
    many = statements(tmp_path / "many", 3000)

    assert few > 20
    # Events that are many go to the driver itself, as one statement that is not counted here.
    assert few - 1 <= many <= few
