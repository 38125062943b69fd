"""What became of each payment: found by id, amount, currency and account, never guessed."""

import pytest

from tests import make
from tests.stages.bank_statements.told import (
    NEXT,
    UNPROVED,
    Booked,
    answer,
    sent,
    statement,
    states,
    take,
    unsound,
)
from tests.stages.settlement.month import balances, rows, run
from vendorops.books import waiting
from vendorops.books.questions import NotAllowed
from vendorops.tables import Invoice, Payment

pytestmark = pytest.mark.breaks(UNPROVED)
ONE, TWO = "PAY-2026-000001", "PAY-2026-000002"
FORTY, TEN = "1971.60", "492.90"


@pytest.mark.parametrize("version", ["camt.053.001.02", "camt.053.001.04", "camt.053.001.08"])
def test_a_payment_that_is_on_the_statement_is_settled_and_leaves_our_account(opener, version):
    sent(opener, "40", "10")

    take(opener, statement(Booked(FORTY, [ONE]), Booked(TEN, [TWO]), version=version))

    assert states(opener) == ["settled", "settled"]
    with opener(as_of=NEXT)() as books:
        found = balances(books)
        assert "bank-clearing" not in found
        assert found["bank"] == -(197_160 + 49_290)
        assert waiting(books) == []


@pytest.mark.parametrize(
    "entry",
    [
        Booked("2464.50", [ONE, TWO], [FORTY, TEN]),
        Booked("2464.50", message="BAT-2026-000001"),
        Booked("2464.50", text="batch BAT-2026-000001 executed"),
    ],
    ids=["each told", "by message id", "by text"],
)
def test_a_batch_booked_in_one_entry_settles_all_its_payments(opener, entry):
    sent(opener, "40", "10")

    take(opener, statement(entry))

    assert states(opener) == ["settled", "settled"]


def test_a_line_that_names_our_settlement_in_its_text_needs_no_end_to_end_id(opener):
    sent(opener, "40")

    take(opener, statement(Booked(FORTY, ["NOTPROVIDED"], text="SET-2026-000001 2026-10")))

    assert states(opener) == ["settled"]


def test_money_that_comes_back_is_owed_again_and_the_reason_of_the_bank_is_kept(opener):
    sent(opener, "40")
    take(opener, statement(Booked(FORTY, [ONE])))

    take(
        opener,
        statement(
            Booked(FORTY, [ONE], direction="CRDT", reason="AC04"),
            ident="STM-2",
            opening="98028.40",
            day=NEXT,
        ),
        "back.xml",
    )

    assert states(opener) == ["returned"]
    with opener(as_of=NEXT)() as books:
        found = balances(books)
        assert found["payable"] == 197_160
        assert not found.keys() & {"bank", "bank-clearing"}
        assert [row.status for row in rows(books, Invoice)] == ["accepted"]
        [question] = waiting(books)
        assert question.kind == "payment_again"
        assert "is returned (AC04). Pay to that account again?" in question.question


@pytest.mark.parametrize("says", ["approve", "reject"])
def test_what_came_back_is_paid_again_only_if_finance_says_so(opener, says):
    sent(opener, "40")
    take(opener, statement(Booked(FORTY, [ONE])))
    back = Booked(FORTY, [ONE], direction="CRDT", reversal=True)
    take(opener, statement(back, ident="2", opening="98028.40", day=NEXT))
    before = run("payment", opener, as_of=NEXT)
    make.reply(opener, "payment_again", "zhao.finance", says, as_of=NEXT)

    after = run("payment", opener, as_of=NEXT)

    assert "finance has to say whether it is paid again" in before.refused[0][1]
    with opener(as_of=NEXT)() as books:
        found = [row.status for row in rows(books, Payment)]
        assert found == ["returned", *(["planned"] if says == "approve" else [])]
        assert unsound(books) == []
    if says == "reject":
        assert "have another one proposed" in after.refused[0][1]


def test_who_let_a_payment_go_does_not_say_what_became_of_it(opener):
    sent(opener, "40")
    with opener()() as books:
        make.grant(books, "sun.releaser", "finance")
    take(opener, statement(Booked(FORTY)))

    with pytest.raises(NotAllowed, match="took part"):
        make.reply(opener, "bank_entry", "sun.releaser", detail={"payment": ONE}, as_of=NEXT)


def test_what_the_bank_refuses_is_owed_again_and_what_it_takes_is_told(opener):
    sent(opener, "40", "10")

    take(opener, answer("BAT-2026-000001", (ONE, "RJCT", "AC01"), (TWO, "ACSP", "")))
    take(opener, statement(Booked(TEN, message="BAT-2026-000001")), "later.xml")

    assert states(opener) == ["rejected", "settled"]
    with opener(as_of=NEXT)() as books:
        assert balances(books)["payable"] == 197_160


def test_an_answer_to_a_whole_message_is_one_to_each_of_its_payments(opener):
    sent(opener, "40", "10")

    take(opener, answer("BAT-2026-000001", group="ACCP"))

    assert states(opener) == ["accepted_by_bank"] * 2


def test_a_notification_moves_no_money_of_the_books_and_the_statement_does(opener):
    sent(opener, "40")

    take(opener, statement(Booked(FORTY, [ONE]), version="camt.054.001.08"), "beside.xml")
    told = states(opener)
    take(opener, statement(Booked(FORTY, [ONE])))

    assert (told, states(opener)) == (["accepted_by_bank"], ["settled"])
