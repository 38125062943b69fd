"""SQLite and PostgreSQL explain a month alike, and seal it with the same bytes."""

from datetime import UTC, datetime
from functools import partial

from sqlmodel import col, select

from tests.make import AS_OF
from vendorops.bench._company import MONTH
from vendorops.bench._month import enter_month
from vendorops.books import Terms, migrate, open_books
from vendorops.books.engine import engine
from vendorops.domain.periods import Period
from vendorops.settings import Settings
from vendorops.stages import sweep
from vendorops.stages.reconciliation.replay import faults
from vendorops.tables import Reconciliation, Supplier

LINES = 2_000


def sealed(settings):
    migrate.upgrade(settings)
    with engine(settings).begin() as connection:
        enter_month(connection, LINES, seed=20261031)
    terms = Terms(AS_OF, "system:test", lambda: datetime(2026, 11, 4, 9, tzinfo=UTC))
    opener = partial(open_books, settings, terms)
    assert Period.month_before(AS_OF).label == MONTH
    assert not sweep("reconciliation", opener).refused
    month = (Supplier.reference, Reconciliation.inputs_sha256, Reconciliation.result_sha256)
    query = select(*month).join(Supplier, col(Supplier.id) == col(Reconciliation.supplier_id))
    with opener() as books:
        found = sorted(map(tuple, books.session.exec(query)))
        rows = books.session.exec(select(Reconciliation)).all()
        assert [fault for row in rows for fault in faults(books, row)] == []
    engine(settings).dispose()
    return found


def test_a_month_of_every_kind_of_line_has_the_same_seals_on_both(tmp_path, new_database):
    lite = sealed(Settings.at(tmp_path))
    postgres = sealed(Settings.at(tmp_path, new_database()))

    assert len(lite) > 1
    assert lite == postgres
