"""A part of a payment that came back is paid anew: exactly it, once, under an id of its own."""

from decimal import Decimal

import pytest

from tests import make
from tests.stages.bank_statements.parting import (
    LATER,
    ONE,
    TWO,
    back,
    came_back,
    paid_anew,
    parted,
    said,
)
from tests.stages.bank_statements.told import (
    NEXT,
    UNPROVED,
    Booked,
    asked,
    our_company,
    statement,
    states,
    take,
    unsound,
)
from tests.stages.settlement.month import balances, claim, freelance, paid, rows, run, settled
from vendorops.books import waiting
from vendorops.documents import kept
from vendorops.domain.money import Money
from vendorops.paying.freezing import freeze
from vendorops.tables import (
    BankCharge,
    Invoice,
    PartReturn,
    Payment,
    PaymentBatch,
    Settlement,
    Withholding,
)
from vendorops.tracing import broken, explain

pytestmark = pytest.mark.breaks(UNPROVED)


def amounts(opener) -> list[tuple[str, int]]:
    """State and amount of each payment, of books that are sound."""
    with opener(as_of=LATER)() as books:
        assert unsound(books) == []
        return [(row.status, row.amount_minor) for row in rows(books, Payment)]


def test_a_part_that_came_back_is_owed_anew_and_the_rest_stays_paid(opener):
    parted(opener)

    assert states(opener) == ["settled"]
    assert asked(opener) == []
    with opener(as_of=NEXT)() as books:
        part = make.only(books, PartReturn)
        assert (part.reference, part.amount_minor) == ("PRT-2026-000001", 30_000)
        found = balances(books)
        assert (found["payable"], found["bank"]) == (30_000, -167_160)
        assert not {"bank-clearing", "bank-charges"} & found.keys()
        assert [row.status for row in rows(books, Invoice)] == ["paid"]
        assert waiting(books) == []
        assert broken(explain(books, ONE)) == broken(explain(books, part.reference)) == []


def test_a_part_is_paid_anew_by_a_payment_of_its_own_to_the_same_payee(opener):
    parted(opener)

    paid_anew(opener)

    assert amounts(opener) == [("settled", 197_160), ("settled", 30_000)]
    with opener(as_of=LATER)() as books:
        first, anew = rows(books, Payment)
        assert anew.end_to_end_id == TWO
        assert (anew.bank_account_id, anew.settlement_id) == (first.bank_account_id, None)
        assert anew.settlement_sha256 == make.only(books, Settlement).content_sha256
        found = balances(books)
        assert found["bank"] == -197_160
        assert not {"payable", "bank-clearing"} & found.keys()
        text = kept(books, rows(books, PaymentBatch)[-1].file_sha256).decode()
        assert f"<EndToEndId>{TWO}</EndToEndId>" in text
        assert '<InstdAmt Ccy="CNY">300.00</InstdAmt>' in text
        assert broken(explain(books, TWO)) == []
        told = {each.reference for each in explain(books, TWO).parts}
        assert {"PRT-2026-000001", f"payment/{TWO}/booked"} <= told


def test_a_part_is_planned_once_however_often_the_stages_run(opener):
    parted(opener)

    for stage in ("bank_statements", "payment", "payment", "bank_statements"):
        run(stage, opener, as_of=NEXT)

    assert amounts(opener) == [("settled", 197_160), ("planned", 30_000)]


def test_whoever_said_that_a_part_came_back_does_not_let_it_go_again(opener):
    parted(opener)
    with opener()() as books:
        make.grant(books, "zhao.finance", "releaser")
    for kind, who in (("payment_approval", "wang.approver"), ("payment_release", "")):
        run("payment", opener, as_of=NEXT)
        run("release", opener, as_of=NEXT)
        if who:
            make.reply(opener, kind, who, as_of=NEXT)
            run("release", opener, as_of=NEXT)

    with opener(as_of=NEXT)() as books:
        [question] = [row for row in waiting(books) if row.kind == "payment_release"]
        assert {"zhao.finance", "wang.approver"} <= {*question.not_by.split()}


def test_a_file_that_is_cancelled_leaves_the_part_to_be_planned_on_a_later_day(opener):
    parted(opener)
    run("payment", opener, as_of=NEXT)
    run("release", opener, as_of=NEXT)
    make.reply(opener, "payment_approval", "wang.approver", "reject", as_of=NEXT)
    run("release", opener, as_of=NEXT)

    run("payment", opener, as_of=NEXT)
    today = amounts(opener)
    run("payment", opener, as_of=LATER)

    assert today == [("settled", 197_160), ("cancelled", 30_000)]
    assert amounts(opener) == [*today, ("planned", 30_000)]


def test_a_part_that_comes_back_whole_goes_again_only_if_finance_says_so(opener):
    parted(opener)
    paid_anew(opener)
    take(opener, back("300.00", "4", "98028.40", TWO), "again.xml", as_of=LATER)
    before = run("payment", opener, as_of=LATER)
    make.reply(opener, "payment_again", "zhao.finance", as_of=LATER)

    run("payment", opener, as_of=LATER)

    assert "PRT-2026-000001 waits: PAY-2026-000002 is returned" in before.refused[0][1]
    assert amounts(opener) == [
        *(("settled", 197_160), ("returned", 30_000), ("planned", 30_000)),
    ]


def test_a_part_of_a_part_is_paid_anew_too_and_only_it(opener):
    parted(opener)
    paid_anew(opener)
    take(opener, back("100.00", "4", "98028.40", TWO), "again.xml", as_of=LATER)
    said(opener, LATER, payment=TWO, part="100.00")

    run("payment", opener, as_of=LATER)

    assert amounts(opener) == [("settled", 197_160), ("settled", 30_000), ("planned", 10_000)]
    with opener(as_of=LATER)() as books:
        assert len({row.settlement_id for row in rows(books, PartReturn)}) == 1
        assert broken(explain(books, "PAY-2026-000003")) == []


def test_what_the_bank_kept_of_a_part_is_its_charge_and_the_part_is_owed_whole(opener):
    came_back(opener, "290.00")
    said(opener, part="300.00", charge="10.00")

    run("payment", opener, as_of=NEXT)

    assert amounts(opener) == [("settled", 197_160), ("planned", 30_000)]
    with opener(as_of=NEXT)() as books:
        assert make.only(books, BankCharge).amount_minor == 1_000
        assert balances(books)["bank-charges"] == 1_000


def test_tax_that_was_kept_back_is_not_touched_by_a_part_that_comes_back(opener):
    with opener()() as books:
        our_company(books)
        claim(books, freelance(books), ("1", "2100"), rate_e4=0)
    settled(opener)
    paid(opener)
    with opener()() as books:
        before = withheld(books)
        whole = Money(make.only(books, Payment).amount_minor, "CNY").text
    take(opener, statement(Booked(whole, [ONE]), opening="10000.00", closing=""))
    opening = str(Decimal("10000.00") - Decimal(whole))
    take(opener, back("300.00", opening=opening), "back.xml")

    said(opener, part="300.00")
    paid(opener, as_of=NEXT)

    assert before[0][1] > 0
    with opener(as_of=NEXT)() as books:
        assert unsound(books) == []
        assert [row.status for row in rows(books, Payment)] == ["settled", "sent"]
        assert withheld(books) == before


def withheld(books) -> list[tuple[str, int, int]]:
    """State, amount and ledger of each tax that was kept back."""
    owed = balances(books)["withheld-tax"]
    return [(row.status, row.amount_minor, owed) for row in rows(books, Withholding)]


def test_while_release_is_frozen_no_part_is_planned(opener):
    parted(opener)
    with opener(actor="system:restore", as_of=NEXT)() as books:
        freeze(books, "the books were restored from yesterday.db")

    outcome = run("payment", opener, as_of=NEXT)

    assert "E_BANK_FROZEN" in outcome.refused[0][1]
    assert amounts(opener) == [("settled", 197_160)]
