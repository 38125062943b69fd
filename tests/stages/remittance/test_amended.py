"""What became of a return after its tax was ordered or paid over."""

import pytest

from tests import make
from tests.stages.bank_statements.told import UNPROVED, answer, take
from tests.stages.filing.carrying import DECEMBER, accepted, filed, handed_in, one_more
from tests.stages.remittance.paying_over import declared, office, paid_over, tax_payments
from tests.stages.settlement.month import balances, rows, run
from vendorops.forecasting import forecast
from vendorops.tables import Filing, Payment, PaymentBatch, Withholding

pytestmark = pytest.mark.breaks(UNPROVED)


@pytest.fixture(autouse=True)
def _declared(opener):
    declared(opener)


def test_an_amendment_pays_over_only_what_the_version_before_did_not(opener):
    with opener()() as books:
        office(books)
    paid_over(opener)
    one_more(opener)
    filed(opener)
    handed_in(opener, "SH-2026-11-0002")

    paid_over(opener)

    (_, first), (_, second) = tax_payments(opener)
    with opener(as_of=DECEMBER)() as books:
        declared = rows(books, Filing)[-1]
        assert first + second == declared.total_minor
        assert second > 0
        assert "withheld-tax" not in balances(books)


def test_a_payment_of_a_version_that_was_amended_meanwhile_is_not_released(opener):
    with opener()() as books:
        office(books)
    run("remittance", opener, as_of=DECEMBER)
    run("release", opener, as_of=DECEMBER)
    make.reply(opener, "payment_approval", "wang.approver", as_of=DECEMBER)
    one_more(opener)
    filed(opener)
    handed_in(opener, "SH-2026-11-0002")

    outcome = run("release", opener, as_of=DECEMBER)

    assert "is amended, and no office has it" in " ".join(why for _, why in outcome.refused)
    assert [state for state, _ in tax_payments(opener)] == ["approved"]


def test_tax_that_came_back_after_the_office_rejected_its_return_is_declared_anew(opener):
    with opener()() as books:
        office(books)
    paid_over(opener)
    accepted(opener, "reject")
    with opener(as_of=DECEMBER)() as books:
        batch, payment = rows(books, PaymentBatch)[-1], rows(books, Payment)[-1]
        assert {row.status for row in rows(books, Withholding)} == {"remitted"}
        told = answer(batch.reference, (payment.reference, "RJCT", "AC04"))

    take(opener, told, "answer.xml", as_of=DECEMBER)

    with opener(as_of=DECEMBER)() as books:
        assert {row.status for row in rows(books, Withholding)} == {"booked"}


def _amended(opener):
    one_more(opener)
    filed(opener)
    handed_in(opener, "SH-2026-11-0002")


def _came_back(opener, at=0):
    """The bank refuses a payment of tax that was sent."""
    with opener(as_of=DECEMBER)() as books:
        payment = [row for row in rows(books, Payment) if row.filing_id][at]
        batch = books.get(PaymentBatch, payment.batch_id)
        told = answer(batch.reference, (payment.reference, "RJCT", "AC04"))
    take(opener, told, "answer.xml", as_of=DECEMBER)


def _paid_again(opener):
    run("remittance", opener, as_of=DECEMBER)
    before = tax_payments(opener)
    make.reply(opener, "payment_again", "zhao.finance", as_of=DECEMBER)
    paid_over(opener)
    return before


def _expected(opener):
    with opener(as_of=DECEMBER)() as books:
        return [
            (str(each.expense), each.amount.minor)
            for each in forecast(books, DECEMBER, 60).expected
            if each.expense in {"tax", "planned", "approved"}
            and each.reference != "BAT-2026-000001"
        ]


def test_tax_of_the_version_before_that_comes_back_after_the_amendment_was_paid_is_paid_again(
    opener,
):
    with opener()() as books:
        office(books)
    paid_over(opener)
    _amended(opener)
    paid_over(opener)
    (_, first), (_, second) = tax_payments(opener)

    _came_back(opener)
    expected = _expected(opener)
    before = _paid_again(opener)

    assert expected == [("tax", first)]
    assert before == [("rejected", first), ("sent", second)]
    assert tax_payments(opener) == [("rejected", first), ("sent", second), ("sent", first)]
    with opener(as_of=DECEMBER)() as books:
        assert "withheld-tax" not in balances(books)


def test_tax_that_came_back_before_it_was_amended_waits_for_finance_as_well(opener):
    with opener()() as books:
        office(books)
    paid_over(opener)
    _came_back(opener)
    _amended(opener)

    before = _paid_again(opener)

    assert [state for state, _ in before] == ["rejected"]
    assert [state for state, _ in tax_payments(opener)] == ["rejected", "sent"]


def test_tax_of_a_batch_that_an_amendment_overtook_is_expected_once(opener):
    with opener()() as books:
        office(books)
    run("remittance", opener, as_of=DECEMBER)
    _amended(opener)
    with opener(as_of=DECEMBER)() as books:
        declared = rows(books, Filing)[-1].total_minor

    assert _expected(opener) == [("tax", declared)]


def test_what_comes_back_while_the_amendment_waits_in_a_batch_is_expected_beside_it(opener):
    with opener()() as books:
        office(books)
    paid_over(opener)
    _amended(opener)
    run("remittance", opener, as_of=DECEMBER)
    (_, first), (_, second) = tax_payments(opener)

    _came_back(opener)

    assert sorted(_expected(opener)) == [("planned", second), ("tax", first)]
