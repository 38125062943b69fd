"""Random payees: each bulk rule answers as its row rule, a hundred thousand of them in a soak."""

from datetime import date

import numpy as np
import pytest

from vendorops.domain.jurisdiction import (
    IncomeKind,
    MonthPaid,
    PayeeKind,
    PayerKind,
    WithholdingFacts,
)
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.domain.withholding_columns import PaymentColumns, YearColumns
from vendorops.law import jurisdiction
from vendorops.law.cn.surcharges import each_surcharge
from vendorops.law.cn.vat_columns import bulk_surcharges, bulk_vat
from vendorops.law.cn.vat_person import EACH_TIME, MONTH, vat_on

PAYEES = (2_000, pytest.param(100_000, marks=pytest.mark.soak))
DAY = date(2026, 10, 12)
EDGES = np.array([1, 80_000, 80_003, 400_000, 400_001, 2_500_001, 6_250_001, 100_000, 10_000_000])
PER_PAYMENT = {
    "cn.iit.labor_remuneration": IncomeKind.LABOR_REMUNERATION,
    "cn.iit.author_remuneration": IncomeKind.AUTHOR_REMUNERATION,
    "cn.iit.royalty": IncomeKind.ROYALTY,
}
RULES = 5
"""Three per payment, platforms, and VAT with surcharges; each takes its share of the payees."""


def amounts(rng, shape):
    """Amounts in fen: mostly of everyday size, some very large, some at the edges of the law."""
    drawn = np.exp(rng.uniform(0, 21, shape)).astype(np.int64)
    return np.where(rng.random(shape) < 0.1, rng.choice(EDGES, shape), drawn)


def sometimes(rng, values, how_often=0.4):
    return np.where(rng.random(values.shape) < how_often, values, 0)


def cny(minor):
    return Money(int(minor), "CNY")


def by_rows(kind, columns, **changed):
    law, rows = jurisdiction("cn"), []
    for at in range(columns.payment.size):
        facts = WithholdingFacts(
            payer=columns.payer,
            payee=PayeeKind.PERSON,
            resident=True,
            income_kind=kind,
            earlier_income=cny(columns.earlier_income[at]),
            earlier_withheld=cny(columns.earlier_withheld[at]),
            payment=cny(columns.payment[at]),
            day=DAY,
            registered_platform=columns.registered_platform,
            **{name: given(at) for name, given in changed.items()},
        )
        (answer,) = law.withheld(facts)
        rows.append((answer.base.minor, answer.amount.minor))
    return rows


@pytest.fixture(params=PAYEES)
def share(request):
    return request.param // RULES


@pytest.mark.parametrize("tax", PER_PAYMENT)
def test_every_payee_paid_per_payment_is_taxed_alike_in_bulk(tax, share):
    rng = np.random.default_rng(20261012)
    earlier = sometimes(rng, amounts(rng, share))
    columns = PaymentColumns(
        PayerKind.ENTERPRISE, "CNY", earlier, sometimes(rng, earlier // 5), amounts(rng, share)
    )

    answer, _ = jurisdiction("cn").withheld_bulk(tax, columns, DAY)

    bulk = list(zip(answer.base.tolist(), answer.amount.tolist(), strict=True))
    assert bulk == by_rows(PER_PAYMENT[tax], columns)


def test_every_platform_worker_is_taxed_alike_in_bulk_with_and_without_breaks(share):
    rng = np.random.default_rng(20261013)
    income = sometimes(rng, amounts(rng, (share, 9)), 0.8)
    year = YearColumns(income, sometimes(rng, income // 20))
    earlier = sometimes(rng, amounts(rng, share))
    columns = PaymentColumns(
        PayerKind.PLATFORM,
        "CNY",
        earlier,
        sometimes(rng, earlier // 20),
        amounts(rng, share),
        registered_platform=True,
        year=year,
    )

    def months(at):
        return tuple(
            MonthPaid(f"2026-{month + 1:02}", cny(year.income[at, month]), cny(kept))
            for month, kept in enumerate(year.withheld[at])
            if year.income[at, month]
        )

    answer, cited = jurisdiction("cn").withheld_bulk("cn.iit.platform_cumulative", columns, DAY)

    bulk = list(zip(answer.base.tolist(), answer.amount.tolist(), strict=True))
    assert bulk == by_rows(IncomeKind.LABOR_REMUNERATION, columns, earlier_months=months)
    assert "platform_cumulative.after_a_break" in {each.parameter for each in cited}


def test_platform_workers_of_one_kind_rest_on_the_same_law_and_add_the_same_to_their_base():
    rng = np.random.default_rng(20261015)
    count = 1_000
    income = sometimes(rng, amounts(rng, (count, 9)), 0.8)
    year = YearColumns(income, sometimes(rng, income // 20))
    earlier = sometimes(rng, amounts(rng, count))
    columns = PaymentColumns(
        PayerKind.PLATFORM,
        "CNY",
        earlier,
        earlier // 20,
        amounts(rng, count),
        registered_platform=True,
        year=year,
    )

    answer, _ = jurisdiction("cn").withheld_bulk("cn.iit.platform_cumulative", columns, DAY)

    assert answer.added is not None
    assert answer.alike is not None
    kinds: dict[int, object] = {}
    for at in range(count):
        row = platform_row(columns, at)
        assert row.added.minor == answer.added[at]
        alike = int(answer.alike[at])
        short = any(finding.code == "payment-below-tax" for finding in row.findings)
        assert (alike < 0) == short
        if not short:
            told = (row.citations, row.findings)
            assert kinds.setdefault(alike, told) == told
    assert len(kinds) > 3


def platform_row(columns, at):
    """What the rule for one payment answers of a row."""
    paid = [
        MonthPaid(f"2026-{month + 1:02}", cny(minor), cny(columns.year.withheld[at, month]))
        for month, minor in enumerate(columns.year.income[at])
        if minor
    ]
    facts = WithholdingFacts(
        payer=PayerKind.PLATFORM,
        payee=PayeeKind.PERSON,
        resident=True,
        income_kind=IncomeKind.LABOR_REMUNERATION,
        earlier_income=cny(columns.earlier_income[at]),
        earlier_withheld=cny(columns.earlier_withheld[at]),
        payment=cny(columns.payment[at]),
        earlier_months=tuple(paid),
        day=DAY,
        registered_platform=True,
    )
    (row,) = jurisdiction("cn").withheld(facts)
    return row


def test_vat_and_surcharges_of_every_payee_are_alike_in_bulk(share):
    rng = np.random.default_rng(20261014)
    sales = amounts(rng, share)
    law = jurisdiction("cn").law_of(DAY)

    for threshold, some in ((EACH_TIME, sales[::2]), (MONTH, sales[1::2])):
        vat = bulk_vat(some, threshold, law, "CNY")
        parts = bulk_surcharges(vat, "city", law, small=True)

        rows = [vat_on(cny(minor), threshold, law) for minor in some]
        assert vat.tolist() == [row.minor for row in rows]
        extra = [each_surcharge(row, "city", law, small=True) for row in rows]
        for name, column in parts.items():
            assert column.tolist() == [row[name].minor for row in extra]


def test_columns_of_a_year_that_do_not_fit_the_day_are_refused():
    one = np.array([100_000])
    columns = PaymentColumns(
        PayerKind.PLATFORM,
        "CNY",
        one,
        one,
        one,
        registered_platform=True,
        year=YearColumns(np.zeros((1, 3), np.int64), np.zeros((1, 3), np.int64)),
    )

    with pytest.raises(Refused, match="give 9 earlier months for each of 1 rows"):
        jurisdiction("cn").withheld_bulk("cn.iit.platform_cumulative", columns, DAY)


def test_january_has_no_earlier_months_in_bulk_either():
    none = np.zeros(2, np.int64)
    columns = PaymentColumns(
        PayerKind.PLATFORM,
        "CNY",
        none,
        none,
        np.array([625_000, 1_500_000]),
        registered_platform=True,
    )

    answer, _ = jurisdiction("cn").withheld_bulk(
        "cn.iit.platform_cumulative", columns, date(2026, 1, 12)
    )

    assert answer.amount.tolist() == [0, 21_000]
