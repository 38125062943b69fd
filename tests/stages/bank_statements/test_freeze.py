"""Books that were restored do not pay before the bank has told everything."""

from datetime import date

import pytest

from tests import make
from tests.stages.bank_statements.told import (
    NEXT,
    UNPROVED,
    Booked,
    sent,
    statement,
    take,
    unsound,
)
from tests.stages.settlement.month import claim, rows, run, settled, staffing
from vendorops.paying.freezing import NotCovered, freeze, lift, uncovered
from vendorops.tables import Effect, Payment, PaymentBatch, ReleaseFreeze

pytestmark = pytest.mark.breaks(UNPROVED)
ONE = "PAY-2026-000001"
LATER = date(2026, 11, 9)


def freezing(opener, as_of=NEXT) -> None:
    with opener(actor="system:restore", as_of=as_of)() as books:
        freeze(books, "the books were restored from yesterday.db")


def lifting(opener, who="zhao.finance", as_of=NEXT) -> None:
    with opener(actor=who, as_of=as_of)() as books:
        lift(books, "the bank told everything")


def test_release_stays_frozen_until_statements_cover_the_day_and_every_payment(opener):
    sent(opener, "40")
    freezing(opener)
    with pytest.raises(NotCovered, match="statements of ACC-2026-000001 are missing"):
        lifting(opener)
    take(opener, statement(Booked("12.00", ["FEE"])))
    with pytest.raises(NotCovered, match="reach to 2026-11-05; take them up to 2026-11-06"):
        lifting(opener)
    take(opener, statement(ident="2", opening="99988.00", day=NEXT), "2.xml")
    with pytest.raises(NotCovered, match="BKE-2026-000001 is not explained; PAY-2026"):
        lifting(opener)

    make.reply(opener, "bank_entry", "zhao.finance", "reject", as_of=NEXT)
    run("bank_statements", opener, as_of=NEXT)
    paid = statement(Booked("1971.60", [ONE]), ident="3", opening="99988.00", day=LATER)
    take(opener, paid, "3.xml", as_of=LATER)
    lifting(opener, as_of=LATER)

    with opener(as_of=LATER)() as books:
        row = make.only(books, ReleaseFreeze)
        assert (row.status, row.lifted_by) == ("lifted", "zhao.finance")
        assert unsound(books) == []


def test_a_gap_between_statements_keeps_release_frozen(opener):
    sent(opener, "40")
    freezing(opener)
    take(opener, statement(Booked("1971.60", [ONE])))
    take(opener, statement(ident="3", opening="90000.00", day=NEXT), "3.xml")

    with pytest.raises(NotCovered, match="take the statements between them"):
        lifting(opener)


def test_a_statement_of_days_to_come_covers_nothing_and_is_refused(opener):
    sent(opener, "40")
    freezing(opener)
    year_wrong = statement(Booked("1971.60", [ONE]), day=date(2027, 11, 5))

    outcome = take(opener, year_wrong)

    assert "E_BANK_DAY" in outcome.refused[0][1]
    assert "2027-11-05, which is still to come" in outcome.refused[0][1]
    with pytest.raises(NotCovered, match="statements of ACC-2026-000001 are missing"):
        lifting(opener)


def test_only_finance_lifts_a_freeze_and_freezing_twice_is_freezing_once(opener):
    sent(opener, "40")
    freezing(opener)
    freezing(opener)

    with pytest.raises(NotCovered, match="may not lift"):
        lifting(opener, "sun.releaser")
    with opener()() as books:
        assert len(rows(books, ReleaseFreeze)) == 1


def test_while_release_is_frozen_nothing_is_planned_and_nothing_is_sent(opener):
    sent(opener, "40")
    with opener()() as books:
        claim(books, staffing(books), ("10", "46.50"))
    settled(opener)
    run("payment", opener)
    run("release", opener)
    make.reply(opener, "payment_approval", "wang.approver")
    run("release", opener)
    make.reply(opener, "payment_release", "sun.releaser")
    freezing(opener, make.AS_OF)
    with opener()() as books:
        claim(books, staffing(books), ("5", "46.50"))
    settled(opener)

    planned, released = run("payment", opener), run("release", opener)

    assert "E_BANK_FROZEN: release is frozen by FRZ-2026-000001" in planned.refused[0][1]
    assert "E_BANK_FROZEN" in released.refused[0][1]
    with opener()() as books:
        assert [row.status for row in rows(books, PaymentBatch)] == ["released", "approved"]
        assert len(rows(books, Effect)) == 1


@pytest.mark.parametrize("booked", ["whole", "one by one"])
def test_a_batch_that_restored_books_forgot_to_have_sent_is_sent_again_with_the_same_ids(
    opener, booked: str
):
    sent(opener, "40")
    with opener()() as books:
        claim(books, staffing(books), ("10", "46.50"))
    settled(opener)
    run("payment", opener)
    run("release", opener)
    make.reply(opener, "payment_approval", "wang.approver")
    run("release", opener)
    freezing(opener)
    entry = (
        Booked("492.90", message="BAT-2026-000002")
        if booked == "whole"
        else Booked("492.90", ["PAY-2026-000002"])
    )
    take(opener, statement(Booked("1971.60", [ONE]), entry, day=NEXT))
    with opener(as_of=NEXT)() as books:
        assert "not explained" in " ".join(uncovered(books, make.only(books, ReleaseFreeze)))

    run("release", opener, as_of=NEXT)
    make.reply(opener, "payment_release", "sun.releaser", as_of=NEXT)
    run("release", opener, as_of=NEXT)
    run("bank_statements", opener, as_of=NEXT)
    lifting(opener)

    with opener(as_of=NEXT)() as books:
        assert [row.status for row in rows(books, Payment)] == ["settled", "settled"]
        assert unsound(books) == []
