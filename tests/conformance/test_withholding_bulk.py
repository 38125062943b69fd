"""The bulk rule on columns answers what the row rule answers, for any amounts."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendorops.domain.jurisdiction import (
    IncomeKind,
    PayeeKind,
    PayerKind,
    UnknownInLaw,
    WithholdingFacts,
    WrongCurrency,
)
from vendorops.domain.money import LIMIT_MINOR, Money
from vendorops.domain.refusal import Refused
from vendorops.domain.withholding_columns import PaymentColumns
from vendorops.law import jurisdiction

TAX = "cn.iit.labor_remuneration"
DAY = date(2026, 10, 12)
EDGES = [
    0,
    1,
    79_999,
    80_000,
    80_003,
    400_000,
    400_001,
    2_500_000,
    2_500_001,
    6_250_000,
    6_250_001,
]
FEN = st.one_of(
    st.sampled_from(EDGES),
    st.integers(min_value=0, max_value=10_000_000),
    st.integers(min_value=0, max_value=10**14),
)


def columns(rows, *, payer=PayerKind.ENTERPRISE, currency="CNY"):
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return PaymentColumns(payer, currency, table[:, 0], table[:, 1], table[:, 2])


def by_row(row):
    earlier, withheld, payment = (Money(minor, "CNY") for minor in row)
    facts = WithholdingFacts(
        payer=PayerKind.ENTERPRISE,
        payee=PayeeKind.PERSON,
        resident=True,
        income_kind=IncomeKind.LABOR_REMUNERATION,
        earlier_income=earlier,
        earlier_withheld=withheld,
        payment=payment,
        day=DAY,
    )
    (answer,) = jurisdiction("cn").withheld(facts)
    return answer.base.minor, answer.amount.minor


@given(st.lists(st.tuples(FEN, FEN, FEN), max_size=20))
def test_every_row_of_the_columns_equals_the_row_rule(rows):
    answer, _ = jurisdiction("cn").withheld_bulk(TAX, columns(rows), DAY)

    assert list(zip(answer.base.tolist(), answer.amount.tolist(), strict=True)) == [
        by_row(row) for row in rows
    ]


def test_ten_thousand_neighbouring_amounts_round_as_the_row_rule_does():
    rows = [(0, 0, minor) for minor in range(2_499_000, 2_509_000)]

    answer, _ = jurisdiction("cn").withheld_bulk(TAX, columns(rows), DAY)

    assert answer.base.dtype == answer.amount.dtype == np.int64
    assert [by_row(row)[1] for row in rows] == answer.amount.tolist()


def test_bulk_answers_cite_the_same_law_as_rows():
    _, citations = jurisdiction("cn").withheld_bulk(TAX, columns([(0, 0, 1)]), DAY)

    assert {cited.parameter for cited in citations} >= {
        "per_payment.small_income",
        "per_payment.expense_rate",
        "labor_remuneration.brackets",
    }


@pytest.mark.parametrize("row", [(-1, 0, 0), (0, -1, 0), (0, 0, -1), (0, 0, LIMIT_MINOR)])
def test_an_amount_no_payment_can_have_is_refused_by_its_row(row):
    with pytest.raises(Refused, match="row 2 is below zero or beyond any bill"):
        jurisdiction("cn").withheld_bulk(TAX, columns([(0, 0, 5), row]), DAY)


def test_the_largest_amounts_are_computed_without_overflow():
    largest = (LIMIT_MINOR - 1, 0, LIMIT_MINOR - 1)

    answer, _ = jurisdiction("cn").withheld_bulk(TAX, columns([largest]), DAY)

    assert (answer.base[0], answer.amount[0]) == by_row(largest)


def test_columns_of_a_platform_or_a_foreign_currency_or_another_tax_are_refused():
    law = jurisdiction("cn")

    with pytest.raises(Refused, match=r"cumulative method: ask for cn\.iit\.platform_cumulative"):
        law.withheld_bulk(TAX, replace(columns([]), registered_platform=True), DAY)
    with pytest.raises(WrongCurrency):
        law.withheld_bulk(TAX, columns([], currency="EUR"), DAY)
    with pytest.raises(UnknownInLaw, match="not written for columns"):
        law.withheld_bulk("cn.iit.nonresident", columns([]), DAY)
