"""Clients' money, a payee's word, tax paid over, the cash to come: in the database that grows."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any

import pytest

from tests.faults.funds import FUNDS
from tests.stages.filing.carrying import DECEMBER
from tests.stages.settlement.month import rows
from vendorops.books import Books, Terms, migrate, open_books
from vendorops.books.engine import engine
from vendorops.documents.ledger_export import beancount_ledger, journal
from vendorops.forecasting import forecast
from vendorops.invariants import verify
from vendorops.settings import Settings
from vendorops.stages import sweep
from vendorops.tables import Payment, Withholding


@dataclass(frozen=True)
class There:
    """The surroundings of an act, on PostgreSQL."""

    settings: Settings

    def act(self, actor: str, day: date) -> AbstractContextManager[Books]:
        instant = datetime.combine(day, time(9), UTC)
        return open_books(self.settings, Terms(day, actor, lambda: instant))

    def run(self, stage: str, day: date) -> None:
        sweep(stage, partial(self.act, f"system:{stage}", day))


@pytest.fixture
def there(settings, new_database):
    other = replace(settings, database=new_database())
    migrate.upgrade(other)
    yield There(other)
    engine(other).dispose()


def test_money_comes_in_goes_out_and_is_told_the_same_on_postgresql(there: Any):
    for act in FUNDS.values():
        act(there)

    with there.act("reader", DECEMBER) as books:
        told = forecast(books, DECEMBER, 60)
        text = beancount_ledger(journal(books), "Books")
        assert {row.status for row in rows(books, Payment)} == {"sent"}
        assert {row.status for row in rows(books, Withholding)} == {"remitted"}
        ours = ("M04", "M14", "S120")
        found = [each.code for each in verify(books).violations if each.code.startswith(ours)]

    assert found == []
    assert told.expected == []
    assert told.days["CNY"][-1].closing.minor == 500_000 - 300_000
    assert "balance Liabilities:Client-funding:XH  -2000.00 ~ 0 CNY" in text
