"""Money that comes back less charges came back whole, where the bank says that it charged them."""

import pytest

from tests import make
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
from tests.stages.settlement.month import balances, rows
from vendorops.books import waiting
from vendorops.tables import BankCharge, BankMatch, Payment
from vendorops.tracing import broken, explain

pytestmark = pytest.mark.breaks(UNPROVED)
ONE = "PAY-2026-000001"
FORTY = "1971.60"
LESS = Booked("1961.60", [ONE], direction="CRDT", reason="AC04")
"""What came back of it, less ten yuan."""
RECORD = "<Chrgs><Rcrd><Amt Ccy='{}'>10.00</Amt>{}</Rcrd></Chrgs>"
OF_V2 = b"<Chrgs><Amt Ccy='CNY'>10.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></Chrgs>"
INCLUDED = "<CdtDbtInd>DBIT</CdtDbtInd><ChrgInclInd>true</ChrgInclInd>"


def record(said: str, currency: str = "CNY") -> bytes:
    return RECORD.format(currency, said).encode()


def booked_and_back(opener, charges: bytes, version: str = "camt.053.001.08") -> bytes:
    """Book the payment, then let it come back with charges told in its transaction."""
    sent(opener, "40")
    take(opener, statement(Booked(FORTY, [ONE])))
    data = statement(LESS, ident="2", opening="98028.40", day=NEXT, version=version)
    told = data.replace(b"</TxDtls>", charges + b"</TxDtls>")
    take(opener, told, "back.xml")
    return told


@pytest.mark.parametrize(
    ("charges", "version"),
    [
        (record(INCLUDED), "camt.053.001.08"),
        (record("<CdtDbtInd>DBIT</CdtDbtInd>"), "camt.053.001.04"),
        (OF_V2, "camt.053.001.02"),
    ],
    ids=["included", "not said whether included", "version 02"],
)
def test_charges_told_with_a_return_explain_what_it_is_less(opener, charges, version):
    booked_and_back(opener, charges, version)

    assert states(opener) == ["returned"]
    assert asked(opener) == []
    with opener(as_of=NEXT)() as books:
        found = balances(books)
        assert (found["payable"], found["bank-charges"], found["bank"]) == (197_160, 1_000, -1_000)
        assert make.only(books, BankCharge).decision_id is None
        assert [row.kind for row in waiting(books)] == ["payment_again"]
        assert broken(explain(books, ONE)) == []


def test_charges_of_the_entry_explain_its_only_transaction(opener):
    sent(opener, "40")
    take(opener, statement(Booked(FORTY, [ONE])))
    data = statement(LESS, ident="2", opening="98028.40", day=NEXT)

    take(opener, data.replace(b"<NtryDtls>", record(INCLUDED) + b"<NtryDtls>"), "back.xml")

    assert states(opener) == ["returned"]


@pytest.mark.parametrize(
    "charges",
    [
        record("<CdtDbtInd>DBIT</CdtDbtInd><ChrgInclInd>false</ChrgInclInd>"),
        record("<CdtDbtInd>CRDT</CdtDbtInd><ChrgInclInd>true</ChrgInclInd>"),
        record(INCLUDED, "EUR"),
        OF_V2.replace(b"10.00", b"9.99"),
        OF_V2 + OF_V2,
        OF_V2.replace(b"10.00", b"1971.60"),
    ],
    ids=["on its own", "given back", "in another currency", "a cent off", "twice", "the whole"],
)
def test_charges_that_do_not_explain_a_return_to_the_cent_are_not_believed(opener, charges):
    booked_and_back(opener, charges)

    assert states(opener) == ["settled"]
    assert asked(opener) == ["E_BANK_PART"]
    with opener(as_of=NEXT)() as books:
        assert rows(books, BankCharge) == []


def test_a_return_told_beside_the_statement_and_twice_on_it_is_booked_once(opener):
    beside = statement(LESS, ident="N", day=NEXT, version="camt.054.001.08")
    sent(opener, "40")
    take(opener, beside.replace(b"</TxDtls>", record(INCLUDED) + b"</TxDtls>"), "beside.xml")
    take(opener, statement(Booked(FORTY, [ONE])))
    data = statement(LESS, ident="2", opening="98028.40", day=NEXT)
    told = data.replace(b"</TxDtls>", record(INCLUDED) + b"</TxDtls>")

    take(opener, told, "back.xml")
    take(opener, told.replace(b"M-2", b"M-2-again"), "again.xml")

    assert states(opener) == ["returned"]
    with opener(as_of=NEXT)() as books:
        assert [row.kind for row in rows(books, BankMatch)] == ["booked", "returned"]
        assert len(rows(books, BankCharge)) == 1


def test_the_same_payment_comes_back_once_only(opener):
    booked_and_back(opener, record(INCLUDED))
    again = statement(LESS, ident="3", opening="99990.00", day=NEXT)

    take(opener, again.replace(b"</TxDtls>", record(INCLUDED) + b"</TxDtls>"), "3.xml")

    assert asked(opener) == ["E_BANK_TWICE"]
    assert states(opener) == ["returned"]
    with opener(as_of=NEXT)() as books:
        assert len(rows(books, Payment)) == 1
