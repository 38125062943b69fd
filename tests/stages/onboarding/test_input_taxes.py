"""Taxes and tolerances of a company are dated rows: added once, never edited."""

import pytest

from tests.make import only, rows_of, supplier
from vendorops.domain.refusal import Refused
from vendorops.stages.onboarding.input_taxes import InputTaxForm, load_input_tax
from vendorops.stages.onboarding.tolerances import ToleranceForm, load_tolerance
from vendorops.tables import InputTax, Tolerance

TAX = {
    "place": "cn",
    "program": "staffing",
    "category": "S",
    "rate": "0.06",
    "valid_from": "2026-01-01",
    "cite": "Value-Added Tax Law, art. 10",
}
TOLERANCE = {
    "step": "quantity",
    "program": "staffing",
    "term": "overtime_hours",
    "currency": "CNY",
    "share": "0.01",
    "amount": "20.00",
    "valid_from": "2026-01-01",
    "cite": "Purchasing policy 4.2",
}


def load_tax(books, **changed):
    load_input_tax(books, InputTaxForm.model_validate(TAX | changed))


def test_a_tax_is_loaded_once_and_another_rate_needs_another_day(opener):
    with opener()() as books:
        of = supplier(books)
        load_tax(books)
        load_tax(books)
        load_tax(books, supplier=of.reference, rate="0.01", cite="small-scale payer")
        load_tax(books, valid_from="2026-07-01", rate="0.09")

        assert [(row.rate_e4, row.supplier_id) for row in rows_of(books, InputTax)] == [
            (600, None),
            (100, of.id),
            (900, None),
        ]
        with pytest.raises(Refused, match="is another one in our books"):
            load_tax(books, rate="0.09")


@pytest.mark.parametrize("wrong", [{"rate": "1.5"}, {"rate": "0.00001"}, {"term": "nothing"}])
def test_a_tax_that_cannot_be_is_refused(opener, wrong):
    with opener()() as books, pytest.raises(Refused):
        load_tax(books, **wrong)


def test_a_tolerance_is_of_a_step_and_a_category_and_the_tax_has_no_category(opener):
    with opener()() as books:
        for _ in range(2):
            load_tolerance(books, ToleranceForm.model_validate(TOLERANCE))

        found = only(books, Tolerance)
        assert (found.step, found.term, found.amount_minor) == (
            "quantity",
            "overtime_hours",
            2000,
        )
        with pytest.raises(Refused, match="leave the term out"):
            load_tolerance(books, ToleranceForm.model_validate(TOLERANCE | {"step": "tax"}))
