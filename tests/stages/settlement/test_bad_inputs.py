"""What the law cannot tax is refused by name, and nothing of it is half there."""

from datetime import date

import pytest

from tests import make
from tests.stages.settlement.month import claim, company, freelance, rows, run, staffing
from vendorops.tables import ReceivedFile, Settlement, Withholding


def refused(opener, **when):
    outcome = run("settlement", opener, **when)
    with opener()() as books:
        assert rows(books, Settlement) == []
        assert rows(books, Withholding) == []
    [(_, why)] = outcome.refused
    return why


@pytest.mark.breaks("S17")  # The day of receipt is changed behind the back of the history.
def test_a_payment_on_a_day_before_any_rule_is_refused_and_names_the_rule(opener):
    with opener()() as books:
        company(books)
        person = make.party(books, "XA1", kind="person", place="xa", identifier_scheme="xa_number")
        supplier = make.supplier(books, person)
        contract = make.contract(books, supplier, program="freelance", place="xa", currency="EUR")
        claim(books, contract, ("1", "3000"), rate_e4=0, month="2023-10")
        for file in rows(books, ReceivedFile):
            file.received_on = date(2023, 11, 2)

    why = refused(opener, as_of=date(2023, 11, 3), month="2023-10")

    assert "xa.fee_withholding has no value on 2023-11-06; it starts 2024-01-01" in why


def test_a_person_paid_in_another_currency_than_the_law_taxes_in_is_refused(opener):
    with opener()() as books:
        company(books)
        claim(books, freelance(books, currency="EUR"), ("1", "3000"), rate_e4=0)

    assert "taxes in CNY; the payment is in EUR" in refused(opener)


def test_one_payee_that_cannot_be_settled_keeps_nobody_else_waiting(opener):
    with opener()() as books:
        company(books)
        claim(books, freelance(books, currency="EUR"), ("1", "3000"), rate_e4=0)
        claim(books, staffing(books, "6222020200012345671"), ("10", "46.50"))

    outcome = run("settlement", opener)

    assert len(outcome.refused) == 1
    with opener()() as books:
        assert [row.net_minor for row in rows(books, Settlement)] == [46_500]
