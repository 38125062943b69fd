"""Seventy-two hours by the clock and three working days: nobody shortens either."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stages.bank_accounts.protocol import CHANGE, approve, propose, prove, states
from vendorops.books import Answer, Terms, answer, open_books, waiting
from vendorops.paying.accounts import cooling
from vendorops.stages import sweep
from vendorops.tables import BankAccount

SUPPLIER = "SUP-2026-000001"
FRIDAY = date(2026, 12, 18)


@pytest.fixture
def settings(known):
    return known


def at(settings, instant: datetime, as_of: date | None = None) -> list[str]:
    """Run the stage at an instant, on a business day that may be another."""
    terms = Terms(as_of or instant.date(), "system:bank_accounts", lambda: instant)
    return sweep("bank_accounts", partial(open_books, settings, terms)).advanced


@pytest.fixture
def approved(opener):
    propose(opener, SUPPLIER)
    prove(opener, CHANGE)
    approve(opener, as_of=CHANGE)


NINE = datetime.combine(CHANGE, time(9), UTC)


@pytest.mark.usefixtures("approved")
def test_an_account_is_not_used_a_second_before_its_hours_are_over(opener, settings):
    at(settings, NINE + timedelta(hours=72, seconds=-1))
    assert states(opener)[-1] == "approved"

    at(settings, NINE + timedelta(hours=72))

    assert states(opener)[-1] == "active"


@pytest.mark.usefixtures("approved")
def test_naming_a_later_business_day_does_not_shorten_the_hours(opener, settings):
    at(settings, NINE + timedelta(hours=1), as_of=CHANGE + timedelta(days=30))

    assert states(opener)[-1] == "approved"


@pytest.mark.usefixtures("approved")
def test_an_earlier_business_day_leaves_the_working_days_to_be_waited_for(opener, settings):
    at(settings, NINE + timedelta(days=30), as_of=CHANGE + timedelta(days=2))

    assert states(opener)[-1] == "approved"


def test_a_weekend_is_not_counted_among_the_working_days(opener, settings):
    propose(opener, SUPPLIER, as_of=FRIDAY)
    prove(opener, FRIDAY)
    approve(opener, as_of=FRIDAY)
    nine = datetime.combine(FRIDAY, time(9), UTC)
    at(settings, nine + timedelta(days=4))
    assert states(opener)[-1] == "approved"  # Tuesday is the second of three.

    at(settings, nine + timedelta(days=5))

    assert states(opener)[-1] == "active"


def test_a_clock_set_back_at_approval_does_not_begin_the_cooling_off_early(opener, settings):
    propose(opener, SUPPLIER)
    prove(opener, CHANGE)
    back = NINE - timedelta(days=20)
    with open_books(settings, Terms(CHANGE, "wang.approver", lambda: NINE)) as books:
        [asked] = [row for row in waiting(books) if row.kind == "bank_approval"]
        answer(books, Answer(asked.reference, "approve", "seen"))
    at(settings, back, as_of=CHANGE)
    assert states(opener)[-1] == "approved"

    at(settings, NINE + timedelta(hours=71))

    assert states(opener)[-1] == "approved"


INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001 - given the zone.


@given(approved=INSTANTS, told=INSTANTS, moment=INSTANTS, days=st.integers(-400, 400))
def test_no_clock_and_no_day_ends_a_cooling_off_early(approved, told, moment, days):
    account = BankAccount(
        id=1,
        reference="ACC-2026-000001",
        party_id=2,
        approved_at=approved,
        approved_on=approved.date(),
    )
    history = SimpleNamespace(at=told, business_day=told.date())
    books: Any = SimpleNamespace(
        moment=moment,
        as_of=moment.date() + timedelta(days=days),
        settings=SimpleNamespace(simulated=False, zone="UTC"),
        get=lambda *_: SimpleNamespace(place="cn"),
        session=SimpleNamespace(exec=lambda _: SimpleNamespace(first=lambda: history)),
    )

    if not cooling.still_cooling(books, account):
        assert moment - max(approved, told) >= timedelta(hours=72)
        assert books.as_of - max(approved, told).date() >= timedelta(days=3)
