"""What a bank takes for itself is an expense of ours, and never makes a payment another amount."""

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
from tests.stages.settlement.month import balances, run
from vendorops.books.answers.bank_entry import NotThatPayment
from vendorops.domain.money import Money
from vendorops.tables import BankCharge, BankEntry, CheckFinding
from vendorops.tracing import explain

pytestmark = pytest.mark.breaks(UNPROVED)
ONE = "PAY-2026-000001"
FORTY = "1971.60"
CHARGED = (
    "<Chrgs><Rcrd><Amt Ccy='CNY'>{amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd>"
    "<ChrgInclInd>{included}</ChrgInclInd></Rcrd></Chrgs>"
)


def coded(data: bytes, code: str) -> bytes:
    return data.replace(b"<Cd>NTRF</Cd>", f"<Cd>{code}</Cd>".encode())


def with_charges(data: bytes, amount: str, included: str = "true") -> bytes:
    told = CHARGED.format(amount=amount, included=included).encode()
    return data.replace(b"</TxDtls>", told + b"</TxDtls>", 1)


def found(opener) -> dict[str, int]:
    with opener(as_of=NEXT)() as books:
        return balances(books)


def test_a_line_that_the_bank_calls_its_charge_is_booked_as_one(opener):
    sent(opener, "40")

    take(opener, coded(statement(Booked("15.00", text="account fee")), "NCHG"))

    assert states(opener) == ["sent"]
    assert asked(opener) == []
    assert found(opener)["bank-charges"] == 1_500
    assert found(opener)["bank"] == -1_500
    with opener(as_of=NEXT)() as books:
        assert make.only(books, BankEntry).status == "matched"
        assert make.only(books, BankCharge).decision_id is None
        key = f"bank-charge/{make.only(books, BankEntry).reference}"
        assert explain(books, key).amount == Money(1_500, "CNY")


def test_a_charge_of_the_amount_of_a_payment_is_asked_and_not_guessed(opener):
    sent(opener, "40")

    take(opener, coded(statement(Booked(FORTY)), "NCHG"))

    assert asked(opener) == ["E_BANK_NO_ID"]


def test_charges_told_with_a_payment_are_parted_from_it(opener):
    sent(opener, "40")

    take(opener, with_charges(statement(Booked("1986.60", [ONE])), "15.00"))

    assert states(opener) == ["settled"]
    balance = found(opener)
    assert (balance["bank"], balance["bank-charges"]) == (-198_660, 1_500)
    assert "bank-clearing" not in balance


def test_charges_that_are_not_in_the_amount_are_not_taken_off_it(opener):
    sent(opener, "40")

    take(opener, with_charges(statement(Booked(FORTY, [ONE])), "15.00", included="false"))

    assert states(opener) == ["settled"]
    assert "bank-charges" not in found(opener)


def test_a_person_who_names_the_payment_alone_is_believed_that_nothing_was_charged(opener):
    sent(opener, "40")
    take(opener, with_charges(statement(Booked(FORTY, [ONE])), "15.00"))
    assert asked(opener) == ["E_BANK_AMOUNT"]

    make.reply(opener, "bank_entry", "zhao.finance", detail={"payment": ONE}, as_of=NEXT)
    run("bank_statements", opener, as_of=NEXT)

    assert states(opener) == ["settled"]
    balance = found(opener)
    assert balance["bank"] == -197_160
    assert "bank-charges" not in balance


def test_charges_told_in_the_other_word_of_the_schema_are_parted_from_a_payment(opener):
    sent(opener, "40")

    take(opener, with_charges(statement(Booked("1986.60", [ONE])), "15.00", included="1"))

    assert found(opener)["bank-charges"] == 1_500


def test_charges_of_an_entry_are_not_charged_to_each_of_its_transactions(opener):
    sent(opener, "40", "10")
    both = statement(Booked("2464.50", [ONE, "PAY-2026-000002"], each=[FORTY, "492.90"]))
    told = CHARGED.format(amount="15.00", included="true").encode()

    take(opener, both.replace(b"<NtryDtls>", told + b"<NtryDtls>"))

    assert states(opener) == ["settled", "settled"]
    assert "bank-charges" not in found(opener)


def test_money_that_comes_back_less_charges_came_back_whole_if_finance_says_so(opener):
    sent(opener, "40")
    take(opener, statement(Booked(FORTY, [ONE])))
    back = Booked("1961.60", [ONE], direction="CRDT", reason="AC04")
    take(opener, statement(back, ident="2", opening="98028.40", day=NEXT), "back.xml")
    assert asked(opener) == ["E_BANK_PART"]

    detail = {"payment": ONE, "charge": "10.00"}
    make.reply(opener, "bank_entry", "zhao.finance", detail=detail, as_of=NEXT)
    run("bank_statements", opener, as_of=NEXT)

    assert states(opener) == ["returned"]
    balance = found(opener)
    assert (balance["payable"], balance["bank-charges"], balance["bank"]) == (
        *(197_160, 1_000),
        -1_000,
    )


def test_a_part_that_the_payee_gave_back_as_too_much_is_not_owed_again(opener):
    sent(opener, "40")
    take(opener, statement(Booked(FORTY, [ONE])))
    back = Booked("300.00", [ONE], direction="CRDT", reason="AM09")
    take(opener, statement(back, ident="2", opening="98028.40", day=NEXT), "back.xml")
    assert asked(opener) == ["E_BANK_PART"]
    with opener(as_of=NEXT)() as books:
        told = make.only(books, CheckFinding, code="E_BANK_PART").message
    assert "only if the bank kept the other 1671.60 CNY as its charge" in told

    make.reply(opener, "bank_entry", "zhao.finance", "reject", as_of=NEXT)
    run("bank_statements", opener, as_of=NEXT)

    assert states(opener) == ["settled"]
    assert not {"payable", "bank-charges"} & found(opener).keys()


def test_a_line_without_a_code_is_a_charge_if_finance_says_so(opener):
    sent(opener, "40")
    take(opener, statement(Booked("12.00", ["FEE-7"])))

    make.reply(opener, "bank_entry", "zhao.finance", detail={"charge": "12.00"}, as_of=NEXT)
    run("bank_statements", opener, as_of=NEXT)

    assert states(opener) == ["sent"]
    assert found(opener)["bank-charges"] == 1_200
    with opener(as_of=NEXT)() as books:
        assert make.only(books, BankCharge).decision_id is not None


@pytest.mark.parametrize(
    ("detail", "why"),
    [
        ({"payment": ONE, "charge": "9.99"}, "of another amount"),
        ({"charge": "12.00"}, "is no debit of 12.00"),
        ({"payment": ONE, "charge": "-10"}, "above zero"),
        ({"payment": ONE, "fee": "10"}, "payment=PAY-…, charge=… and part=… only"),
    ],
)
def test_a_charge_that_does_not_explain_the_amount_is_refused(opener, detail, why: str):
    sent(opener, "40")
    take(opener, statement(Booked("1981.60", [ONE])))

    with pytest.raises(NotThatPayment, match=why):
        make.reply(opener, "bank_entry", "zhao.finance", detail=detail, as_of=NEXT)
