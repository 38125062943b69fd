"""Parts of one payment never come to more than it, in whichever order and however often told."""

import pytest

from tests import make
from tests.stages.bank_statements.parting import ONE, back, came_back, parted, said
from tests.stages.bank_statements.told import (
    NEXT,
    UNPROVED,
    Booked,
    asked,
    sent,
    statement,
    states,
    take,
)
from tests.stages.settlement.month import OUR_ACCOUNT, balances, rows, run
from vendorops.books import vault
from vendorops.books.answers.bank_entry import NotThatPayment
from vendorops.tables import BankEntry, CheckFinding, LegalEntity, PartReturn, Party, Payment

pytestmark = pytest.mark.breaks(UNPROVED)
OTHER_ACCOUNT = "6222020200099990009"


def parts(opener) -> list[int]:
    with opener(as_of=NEXT)() as books:
        return [row.amount_minor for row in rows(books, PartReturn)]


def test_parts_that_come_to_the_whole_are_each_owed_anew(opener):
    parted(opener, "971.60")
    take(opener, back("1000.00", "3", "99000.00"), "rest.xml")

    said(opener, part="1000.00")
    run("payment", opener, as_of=NEXT)

    assert parts(opener) == [97_160, 100_000]
    assert states(opener) == ["settled", "planned", "planned"]
    with opener(as_of=NEXT)() as books:
        assert sum(row.amount_minor for row in rows(books, Payment)[1:]) == 197_160
        assert balances(books)["payable"] == 197_160


@pytest.mark.parametrize(
    ("amount", "detail"),
    [("1000.01", {"part": "1000.01"}), ("1000.01", {"charge": "971.59"}), ("1971.60", {})],
    ids=["as a part", "as the whole less charges", "whole"],
)
def test_what_comes_back_above_what_was_paid_is_refused(opener, amount, detail):
    parted(opener, "971.60")
    take(opener, back(amount, "3", "99000.00"), "more.xml")
    assert asked(opener) == ["E_BANK_TWICE"]
    with opener(as_of=NEXT)() as books:
        [*_, told] = rows(books, CheckFinding)
        assert "971.60 CNY of PAY-2026-000001 came back before" in told.message

    with pytest.raises(NotThatPayment, match=r"only 1000\.00 CNY still can"):
        said(opener, **detail)

    assert parts(opener) == [97_160]
    assert states(opener) == ["settled"]


def test_charges_told_with_it_do_not_make_a_second_part_the_whole(opener):
    parted(opener, "971.60")
    told = (
        b"<Chrgs><Rcrd><Amt Ccy='CNY'>971.60</Amt><CdtDbtInd>DBIT</CdtDbtInd>"
        b"<ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs></TxDtls>"
    )

    take(opener, back("1000.00", "3", "99000.00").replace(b"</TxDtls>", told), "rest.xml")

    assert asked(opener) == ["E_BANK_TWICE"]
    assert states(opener) == ["settled"]


def test_an_answer_given_before_another_part_was_booked_is_asked_anew(opener):
    came_back(opener, "1000.00")
    take(opener, back("1000.00", "3", "99028.40"), "twin.xml")
    detail = {"payment": ONE, "part": "1000.00"}
    assert len(make.reply(opener, "bank_entry", "zhao.finance", detail=detail, as_of=NEXT)) == 2

    run("bank_statements", opener, as_of=NEXT)
    run("bank_statements", opener, as_of=NEXT)

    assert parts(opener) == [100_000]
    assert asked(opener) == ["E_BANK_TWICE"]
    assert states(opener) == ["settled"]


def test_a_part_told_beside_the_statement_and_on_it_twice_is_owed_anew_once(opener):
    beside = back("300.00", "N").replace(b"camt.053.001.08", b"camt.054.001.08")
    beside = beside.replace(b"BkToCstmrStmt", b"BkToCstmrDbtCdtNtfctn").replace(
        b"Stmt>", b"Ntfctn>"
    )
    came_back(opener)
    take(opener, beside, "beside.xml")
    take(opener, back("300.00").replace(b"M-2", b"M-2-again"), "again.xml")

    said(opener, part="300.00")
    take(opener, back("300.00").replace(b"M-2", b"M-2-once-more"), "once more.xml")
    run("payment", opener, as_of=NEXT)

    assert parts(opener) == [30_000]
    assert states(opener) == ["settled", "planned"]
    with opener(as_of=NEXT)() as books:
        kinds = sorted(row.status for row in rows(books, BankEntry))
        assert kinds == ["matched", "matched", "noted"]


def test_of_a_payment_that_came_back_whole_no_part_comes_back(opener):
    came_back(opener, "1961.60")
    said(opener, charge="10.00")
    take(opener, back("300.00", "3", "99990.00"), "more.xml")

    with pytest.raises(NotThatPayment, match="is returned and cannot be"):
        said(opener, part="300.00")

    assert parts(opener) == []


@pytest.mark.parametrize(
    ("currency", "why"), [("EUR", "is of another amount"), ("CNY", "from another account")]
)
def test_a_part_that_came_to_another_account_or_in_another_currency_is_none(opener, currency, why):
    sent(opener, "40")
    take(opener, statement(Booked("1971.60", [ONE])))
    with opener()() as books:
        ours = books.get(Party, make.only(books, LegalEntity).party_id)
        index = vault.blind_index(books, OTHER_ACCOUNT, "cn_account")
        make.bank_account(books, ours, OTHER_ACCOUNT, currency=currency, number_index=index)
    data = back("300.00").replace(OUR_ACCOUNT.encode(), OTHER_ACCOUNT.encode())
    take(opener, data.replace(b"CNY", currency.encode()), "other.xml")
    assert asked(opener) == ["E_BANK_OTHER_ACCOUNT"]

    with pytest.raises(NotThatPayment, match=why):
        said(opener, part="300.00")

    assert parts(opener) == []
