import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import col, select

from vendorops.books import AccountName, Entry, Overtaken, balance, post
from vendorops.books.closing import NotToBeClosed, close
from vendorops.books.idempotency import OtherCommand, once
from vendorops.books.ledger import FloorBroken, MonthClosed, account
from vendorops.books.unit import BornLate
from vendorops.domain.lifecycle import IllegalMove, SupplierStatus
from vendorops.domain.money import Money
from vendorops.domain.periods import Period
from vendorops.tables import (
    ClosedMonth,
    Event,
    Party,
    Person,
    RoleGrant,
    Supplier,
    Transfer,
)


def supplier(books, index="a"):
    party = books.enter(
        Party(
            id=books.key(),
            kind="organization",
            name="Agency",
            place="xa",
            identifier_scheme="xa_number",
            identifier_masked="••••0001",
            identifier_index=index,
        )
    )
    return books.enter(
        Supplier(
            id=books.key(), reference=books.reference("SUP"), party_id=party.id, kind="staffing"
        ),
        because="the application came in",
    )


def test_a_move_changes_the_state_and_leaves_a_trace(lend):
    with lend("li")() as books:
        row = supplier(books)
        books.move(row, SupplierStatus.REGISTERED, because="the file is complete")

    with lend()() as books:
        assert books.named(Supplier, row.reference).status == "registered"
        entered, moved = books.session.exec(select(Event).order_by(col(Event.seq))).all()
    assert (entered.action, entered.after) == ("entered", "requested")
    assert (moved.actor, moved.before, moved.after) == ("li", "requested", "registered")


def test_a_move_without_an_arrow_is_refused(lend):
    with lend()() as books, pytest.raises(IllegalMove, match="requested may not become preferred"):
        books.move(supplier(books), SupplierStatus.PREFERRED, because="in a hurry")


def test_a_row_that_somebody_else_moved_is_not_moved_again(lend):
    with lend()() as books:
        row = supplier(books)
        books.session.flush()
        books.session.execute(text("UPDATE supplier SET status = 'disqualified'"))

        with pytest.raises(Overtaken, match="is no longer requested"):
            books.move(row, SupplierStatus.REGISTERED, because="the file is complete")


def test_a_row_is_born_in_its_first_state_only(lend):
    with lend()() as books, pytest.raises(BornLate):
        books.enter(
            Supplier(id=books.key(), reference="SUP-1", party_id=1, kind="x", status="qualified")
        )


def test_nothing_is_kept_of_a_transaction_that_fails(lend):
    with pytest.raises(ZeroDivisionError), lend()() as books:
        supplier(books)
        raise ZeroDivisionError

    with lend()() as books:
        assert books.session.exec(select(Supplier)).all() == []
        assert books.session.exec(select(Event)).all() == []
        assert books.reference("SUP") == "SUP-2026-000001"


@pytest.mark.parametrize("act", ["UPDATE event SET reason = 'nicer'", "DELETE FROM event"])
def test_the_database_itself_refuses_to_edit_history(lend, act):
    with lend()() as books:
        supplier(books)

    with pytest.raises(DBAPIError, match="never edited"), lend()() as books:
        books.session.execute(text(act))


def owed(books, amount, key):
    event = books.record("posted", supplier(books, key), "work accepted")
    payable = AccountName("payable/SUP", "liability", floor_minor=0)
    entry = Entry(AccountName("expense/staffing", "expense"), payable, Money(amount, "EUR"), key)
    return post(books, event, entry), payable


def test_a_transfer_debits_one_account_and_credits_another(lend):
    with lend()() as books:
        _, payable = owed(books, 120_00, "k")

        assert balance(books, account(books, payable, "EUR")) == Money(120_00, "EUR")
        expense = account(books, AccountName("expense/staffing", "expense"), "EUR")
        assert balance(books, expense) == Money(120_00, "EUR")


def test_a_key_books_once_for_ever(lend):
    with lend()() as books:
        owed(books, 100, "same")

    with pytest.raises(IntegrityError), lend()() as books:
        event = books.session.exec(select(Event)).first()
        entry = Entry(
            AccountName("expense/staffing", "expense"),
            AccountName("payable/SUP", "liability"),
            Money(100, "EUR"),
            "same",
        )
        post(books, event, entry)


def test_nobody_is_paid_more_than_is_owed(lend):
    with lend()() as books:
        _, payable = owed(books, 100, "k")
        event = books.session.exec(select(Event)).first()
        bank = AccountName("bank-clearing/US", "liability")

        with pytest.raises(FloorBroken, match="payable/SUP"):
            post(books, event, Entry(payable, bank, Money(101, "EUR"), "too much"))


def test_nothing_is_booked_in_a_closed_month(lend):
    with lend()() as books:
        month = f"{books.as_of:%Y-%m}"
        books.enter(
            ClosedMonth(id=books.key(), month=month, closed_on=books.as_of, closed_by="zhao")
        )

        with pytest.raises(MonthClosed, match="is closed"):
            owed(books, 100, "late")


def test_the_database_refuses_a_booking_in_a_closed_month_too(lend):
    with lend()() as books:
        transfers, _ = owed(books, 100, "k")
        fields = transfers[0].model_dump() | {"id": books.key(), "key": "late"}
        month = f"{books.as_of:%Y-%m}"
        books.enter(
            ClosedMonth(id=books.key(), month=month, closed_on=books.as_of, closed_by="zhao")
        )

        with pytest.raises(DBAPIError, match="is closed"):
            books.enter(Transfer(**fields))


def test_money_and_dates_cannot_become_anything_else(lend):
    with pytest.raises(DBAPIError), lend()() as books:
        transfers, _ = owed(books, 100, "k")
        values = {"id": books.key(), "old": transfers[0].id, "amount": "a lot"}
        books.session.execute(
            text(
                "INSERT INTO transfer (id, debit_id, credit_id, currency, amount_minor, "
                "business_day, event_id, key) SELECT :id, debit_id, credit_id, currency, "
                ":amount, business_day, event_id, 'k2' FROM transfer WHERE id = :old"
            ),
            values,
        )


def test_a_command_given_twice_under_one_key_is_done_once(lend):
    done = []

    def act():
        done.append("paid")
        return "PAY-1"

    for _ in range(2):
        with lend("li")() as books:
            assert once(books, "key-1", {"pay": "SET-1"}, act) == "PAY-1"

    assert done == ["paid"]


def test_a_key_never_stands_for_two_commands(lend):
    with lend("li")() as books:
        once(books, "key-1", {"pay": "SET-1"}, lambda: "PAY-1")

    with pytest.raises(OtherCommand, match="another command"), lend("li")() as books:
        once(books, "key-1", {"pay": "SET-2"}, lambda: "PAY-2")


def test_only_finance_closes_a_month_and_only_once_it_is_over(lend):
    with lend()() as books:
        books.enter(Person(id=books.key(), handle="zhao"))
        books.enter(
            RoleGrant(
                id=books.key(),
                handle="zhao",
                role="finance",
                valid_from=books.as_of,
                granted_by="board",
            )
        )
        over, running = Period.month_before(books.as_of), Period.month_of(books.as_of)

    with lend("zhao")() as books:
        assert close(books, over).closed_by == "zhao"
        assert close(books, over).id == close(books, over).id
        with pytest.raises(NotToBeClosed, match="is not over"):
            close(books, running)
    with pytest.raises(NotToBeClosed, match="does not hold"), lend("li")() as books:
        close(books, over)
