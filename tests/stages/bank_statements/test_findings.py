"""What fits no payment is a finding for finance, and what a bank tells twice is told once."""

from datetime import date

import pytest

from tests import make
from tests.stages.bank_statements.told import (
    NEXT,
    UNPROVED,
    Booked,
    answer,
    asked,
    our_bank_account,
    sent,
    statement,
    states,
    take,
    unsound,
)
from tests.stages.settlement.month import rows, run
from vendorops.books.answers.bank_entry import NotThatPayment
from vendorops.paying.statement_gaps import gaps
from vendorops.tables import BankEntry, BankMatch, BankStatement, CheckFinding

pytestmark = pytest.mark.breaks(UNPROVED)
ONE, TWO = "PAY-2026-000001", "PAY-2026-000002"
FORTY, TEN = "1971.60", "492.90"


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (Booked("1971.61", [ONE]), "E_BANK_AMOUNT"),
        (Booked("1971.60", ["RENT-7"]), "E_BANK_NO_ID"),
        (Booked("12.00", ["RENT-7"]), "E_BANK_UNKNOWN"),
        (Booked("2464.51", message="BAT-2026-000001"), "E_BANK_AMOUNT"),
        (Booked("1971.60", [ONE], direction="CRDT", reason="AC04"), "E_BANK_NOT_BOOKED"),
    ],
)
def test_what_fits_no_payment_is_a_finding_for_finance(opener, entry, code: str):
    sent(opener, "40", "10")

    outcome = take(opener, statement(entry))

    assert outcome.waiting == ["BKF-2026-000001"]
    assert asked(opener) == [code]
    assert states(opener) == ["sent", "sent"]
    with opener(as_of=NEXT)() as books:
        assert [row.code for row in rows(books, CheckFinding)] == [code]


def test_a_line_that_fits_two_payments_is_asked_and_booked_as_a_person_says(opener):
    sent(opener, "40", "40")
    take(opener, statement(Booked(FORTY)))
    assert asked(opener) == ["E_BANK_TWO"]

    with pytest.raises(NotThatPayment, match="asks which payment it is"):
        make.reply(opener, "bank_entry", "zhao.finance", as_of=NEXT)
    make.reply(opener, "bank_entry", "zhao.finance", detail={"payment": TWO}, as_of=NEXT)
    run("bank_statements", opener, as_of=NEXT)

    assert states(opener) == ["sent", "settled"]
    with opener(as_of=NEXT)() as books:
        assert make.only(books, BankMatch).decision_id is not None


def test_a_line_of_somebody_else_is_set_aside_by_a_person_with_a_reason(opener):
    sent(opener, "40")
    take(opener, statement(Booked("12.00", ["RENT-7"])))

    make.reply(opener, "bank_entry", "zhao.finance", "reject", as_of=NEXT)
    run("bank_statements", opener, as_of=NEXT)

    with opener(as_of=NEXT)() as books:
        assert make.only(books, BankEntry).status == "set_aside"
        assert unsound(books) == []


def test_a_payment_booked_twice_by_the_bank_is_a_finding(opener):
    sent(opener, "40")

    take(opener, statement(Booked(FORTY, [ONE]), Booked(FORTY, [ONE])))

    assert asked(opener) == ["E_BANK_TWICE"]
    assert states(opener) == ["settled"]


def test_a_return_that_comes_before_its_booking_waits_for_it(opener):
    sent(opener, "40")
    back = Booked(FORTY, [ONE], direction="CRDT", reason="AC04")
    take(opener, statement(back, ident="2", opening="98028.40", day=NEXT), "second.xml")
    assert asked(opener) == ["E_BANK_NOT_BOOKED"]

    take(opener, statement(Booked(FORTY, [ONE])), "first.xml")
    run("bank_statements", opener, as_of=NEXT)

    assert states(opener) == ["returned"]
    assert asked(opener) == []


def test_the_same_statement_in_whatever_file_is_entered_once(opener):
    sent(opener, "40")
    data = statement(Booked(FORTY, [ONE]))

    take(opener, data)
    take(opener, data, "again.xml")
    take(opener, data.replace(b"STM-1", b"STM-1B"), "renamed.xml")

    with opener(as_of=NEXT)() as books:
        assert len(rows(books, BankStatement)) == len(rows(books, BankEntry)) == 1
        assert unsound(books) == []


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (statement(Booked(FORTY, [ONE]), closing="98028.41"), "E_BANK_BALANCE"),
        (statement(Booked(FORTY, [ONE]), account="6222020200000000000"), "E_BANK_ACCOUNT"),
        (statement(Booked(FORTY, [ONE])).replace(b"CNY", b"EUR"), "E_BANK_CURRENCY"),
        (answer("BAT-2026-000009"), "E_BANK_MESSAGE"),
        (b"<html/>", "E_BANK_FORMAT"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_whole_and_says_why(opener, data: bytes, fault: str):
    sent(opener, "40")

    outcome = take(opener, data)

    assert fault in outcome.refused[0][1]
    assert "6222020200000000000" not in outcome.refused[0][1]
    assert states(opener) == ["sent"]
    with opener(as_of=NEXT)() as books:
        assert rows(books, BankStatement) == []


def test_a_statement_that_says_something_else_than_before_is_refused(opener):
    sent(opener, "40")
    take(opener, statement(Booked(FORTY, [ONE])))

    outcome = take(opener, statement(Booked("1.00", ["X"])), "other.xml")

    assert "E_BANK_OTHER_CONTENT: BST-2026-000001" in outcome.refused[0][1]


def test_a_statement_between_two_that_is_missing_is_found(opener):
    sent(opener, "40")
    take(opener, statement(Booked(FORTY, [ONE])))
    later = date(2026, 11, 9)
    third = statement(ident="3", opening="98000.00", day=later)
    take(opener, third, "third.xml", as_of=later)
    with opener(as_of=later)() as books:
        [gap] = gaps(books, our_bank_account(books))
        assert "closes with 98028.40 CNY on 2026-11-05" in gap.why

    take(
        opener,
        statement(Booked("28.40", ["FEE"]), ident="2", opening="98028.40", day=NEXT),
        "second.xml",
    )

    with opener(as_of=NEXT)() as books:
        assert gaps(books, our_bank_account(books)) == []
