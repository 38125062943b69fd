"""What became of a return after its tax was ordered or paid over."""

import pytest

from tests import make
from tests.stages.bank_statements.told import UNPROVED, answer, take
from tests.stages.filing.carrying import DECEMBER, accepted, filed, handed_in, one_more
from tests.stages.remittance.paying_over import declared, office, paid_over, tax_payments
from tests.stages.settlement.month import balances, rows, run
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
