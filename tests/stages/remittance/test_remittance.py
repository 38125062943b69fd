"""Withheld tax is paid over to the tax office: what a return declares, by two people, once."""

from decimal import Decimal

import pytest

from tests import make
from tests.stages.bank_statements.parting import said
from tests.stages.bank_statements.told import OPENING, UNPROVED, Booked, answer, statement, take
from tests.stages.filing.carrying import DECEMBER
from tests.stages.remittance.paying_over import (
    OFFICE_ACCOUNT,
    declared,
    office,
    paid_over,
    tax_payments,
)
from tests.stages.settlement.month import balances, rows, run
from vendorops.books.answers.bank_entry import NotThatPayment
from vendorops.documents import kept
from vendorops.domain.lifecycle import BankAccountStatus
from vendorops.domain.money import Money
from vendorops.tables import (
    BankAccount,
    Filing,
    Payment,
    PaymentBatch,
    Refusal,
    Withholding,
)
from vendorops.tracing import broken as does_not_add_up
from vendorops.tracing import explain

pytestmark = pytest.mark.breaks(UNPROVED)


@pytest.fixture(autouse=True)
def _declared(opener):
    declared(opener)


def test_the_tax_of_a_return_is_paid_over_by_two_people_and_owed_no_more(opener):
    with opener()() as books:
        office(books)
    with opener(as_of=DECEMBER)() as books:
        owed = balances(books)["withheld-tax"]

    paid_over(opener)

    assert tax_payments(opener) == [("sent", owed)]
    with opener(as_of=DECEMBER)() as books:
        assert "withheld-tax" not in balances(books)
        assert {row.status for row in rows(books, Withholding)} == {"remitted"}
        batch = rows(books, PaymentBatch)[-1]
        assert (batch.planned_by, batch.approved_by) == ("system:remittance", "wang.approver")
        text = kept(books, batch.file_sha256).decode()
        assert OFFICE_ACCOUNT in text
        assert make.only(books, Filing).reference in text


def test_the_tax_of_a_return_is_never_paid_over_twice(opener):
    with opener()() as books:
        office(books)
    run("remittance", opener, as_of=DECEMBER)
    run("remittance", opener, as_of=DECEMBER)
    planned = tax_payments(opener)

    paid_over(opener)
    run("remittance", opener, as_of=DECEMBER)

    assert len(planned) == 1
    assert [state for state, _ in tax_payments(opener)] == ["sent"]


def test_without_an_office_on_file_nothing_is_planned(opener):
    run("remittance", opener, as_of=DECEMBER)

    assert tax_payments(opener) == []


@pytest.mark.parametrize("currency", ["CNY", "EUR"])
def test_an_office_whose_account_is_closed_or_of_another_currency_waits(opener, currency):
    with opener()() as books:
        office(books, currency=currency)
        account = rows(books, BankAccount)[-1]
        if currency == "CNY":
            books.move(account, BankAccountStatus.REVOKED, because="the office closed it")

    run("remittance", opener, as_of=DECEMBER)

    with opener(as_of=DECEMBER)() as books:
        (why,) = [row.reason for row in rows(books, Refusal) if row.stage == "remittance"]
    assert "TXO-2026-000001 has no active account in CNY" in why
    assert tax_payments(opener) == []


def test_tax_that_the_bank_refused_is_owed_again_and_finance_is_asked(opener):
    with opener()() as books:
        office(books)
    paid_over(opener)
    with opener(as_of=DECEMBER)() as books:
        batch, payment = rows(books, PaymentBatch)[-1], rows(books, Payment)[-1]
        told = answer(batch.reference, (payment.reference, "RJCT", "AC04"))

    take(opener, told, "answer.xml", as_of=DECEMBER)
    run("remittance", opener, as_of=DECEMBER)
    before = [state for _, state in _all(opener)]
    make.reply(opener, "payment_again", "zhao.finance", as_of=DECEMBER)
    run("remittance", opener, as_of=DECEMBER)

    assert before == ["rejected"]
    assert [state for _, state in _all(opener)] == ["rejected", "planned"]
    with opener(as_of=DECEMBER)() as books:
        assert {row.status for row in rows(books, Withholding)} == {"filed"}
        assert balances(books)["withheld-tax"] == rows(books, Payment)[-1].amount_minor


def _all(opener):
    with opener(as_of=DECEMBER)() as books:
        return [(row.reference, row.status) for row in rows(books, Payment) if row.filing_id]


def test_a_payment_of_tax_unfolds_to_the_return_and_everybody_it_was_kept_back_from(opener):
    with opener()() as books:
        office(books)
    paid_over(opener)

    with opener(as_of=DECEMBER)() as books:
        tree = explain(books, rows(books, Payment)[-1].reference)

    kinds = {node.kind for node in tree.parts}
    assert not does_not_add_up(tree)
    assert {"return", "transfer"} <= kinds or {"tax return", "transfer"} <= kinds


def test_the_bank_tells_that_tax_was_paid_by_the_reference_of_the_return(opener):
    with opener()() as books:
        office(books)
    paid_over(opener)
    with opener(as_of=DECEMBER)() as books:
        payment, filing = rows(books, Payment)[-1], make.only(books, Filing)
    amount = f"{payment.amount_minor // 100}.{payment.amount_minor % 100:02d}"

    take(opener, statement(Booked(amount, text=f"{filing.reference} tax")), as_of=DECEMBER)

    assert _all(opener)[-1][1] == "settled"


def test_a_part_of_tax_that_comes_back_is_settled_with_the_office_and_owed_no_less(opener):
    with opener()() as books:
        office(books)
    paid_over(opener)
    with opener(as_of=DECEMBER)() as books:
        payment = rows(books, Payment)[-1]
    amount, name = Money(payment.amount_minor, "CNY").text, payment.reference
    take(opener, statement(Booked(amount, [name]), closing=""), as_of=DECEMBER)
    opening = str(Decimal(OPENING) - Decimal(amount))
    part = Booked("1.00", [name], direction="CRDT")
    take(opener, statement(part, ident="2", opening=opening), "back.xml", as_of=DECEMBER)

    with pytest.raises(NotThatPayment, match="pays the tax of a return over"):
        said(opener, DECEMBER, payment=name, part="1.00")

    assert tax_payments(opener) == [("settled", payment.amount_minor)]
