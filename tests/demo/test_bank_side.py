"""The bank's side of the story: booked, sent back, paid to the account the supplier moved to."""

import pytest

from tests import make
from tests.stages.settlement.month import balances
from tests.told import TOLD, played, ticking
from vendorops.books import forget_engines
from vendorops.books.engine import engine
from vendorops.demo import hear_the_bank, show
from vendorops.demo.bank_side import AGAIN
from vendorops.invariants import verify
from vendorops.tables import BankAccount, Event, Payment


@pytest.fixture(scope="module")
def heard(tmp_path_factory):
    """The month and what the bank said of it, on SQLite."""
    made = ticking(played(tmp_path_factory), TOLD)
    list(hear_the_bank(made))
    yield made
    engine(made.settings).dispose()
    forget_engines()


def payments(heard):
    with heard.act("reader", AGAIN) as books:
        found = sorted(make.rows_of(books, Payment), key=lambda row: row.reference)
        return [(row, books.get(BankAccount, row.bank_account_id).status) for row in found]


def test_what_comes_back_goes_to_the_account_that_was_proved_meanwhile(heard):
    (first, old), *rest, (again, new) = payments(heard)

    assert (first.status, old) == ("returned", "superseded")
    assert {row.status for row, _ in rest} == {"settled"}
    assert (again.status, new) == ("settled", "active")
    assert (again.settlement_id, again.amount_minor) == (first.settlement_id, first.amount_minor)
    assert again.end_to_end_id != first.end_to_end_id


def test_the_books_say_what_left_the_account_and_what_the_bank_took(heard):
    with heard.act("system:verify", AGAIN) as books:
        found = balances(books)
        assert verify(books).violations == []
    left = sum(row.amount_minor for row, _ in payments(heard)[1:])
    assert found["bank"] == -(left + 1_500)
    assert found["bank-charges"] == 1_500
    assert not found.keys() & {"bank-clearing", "payable"}


def test_hearing_the_bank_again_changes_nothing(heard):
    with heard.act("reader", AGAIN) as books:
        before = len(make.rows_of(books, Event))
        rows = show(books)["What happened"]

    list(hear_the_bank(heard))

    with heard.act("reader", AGAIN) as books:
        assert len(make.rows_of(books, Event)) == before
        assert {row["payment"] for row in rows[:-1]} == {"settled"}
