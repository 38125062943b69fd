"""A registered platform withholds by the year: what the books hold of it decides each payment."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial

import pytest

from tests import make
from tests.soundness import broken
from tests.stages.settlement.month import claim, company, freelance, rows, run, settled
from vendorops.books import Terms, migrate, open_books
from vendorops.books.engine import engine
from vendorops.domain.periods import Period
from vendorops.tables import CheckFinding, Contract, LegalEntity, Withholding

SINCE = date(2026, 9, 1)
YEAR = (
    ("2026-12", date(2027, 1, 5)),
    ("2027-01", date(2027, 2, 3)),
    ("2027-02", date(2027, 3, 4)),
)
"""Months of work, and days on which they are settled and paid."""


def platform(books, since=SINCE):
    company(books)
    make.only(books, LegalEntity).platform_since = since
    return freelance(books)


def earned(opener, contract, amount, month, day):
    with opener(as_of=day, month=month)() as books:
        claim(books, books.get(Contract, contract), ("1", amount), rate_e4=0, month=month)
    run("settlement", opener, as_of=day, month=month)
    make.reply(opener, "settlement", "wang.approver", as_of=day)
    run("settlement", opener, as_of=day, month=month)


def held(opener):
    with opener()() as books:
        return [
            (row.month, row.tax, row.base_minor, row.amount_minor)
            for row in rows(books, Withholding)
        ]


def test_each_month_of_the_year_is_taxed_on_top_of_those_before(opener):
    with opener()() as books:
        contract = platform(books).id

    for month, day in YEAR:
        earned(opener, contract, "15000", month, day)

    tax = "cn.iit.platform_cumulative"
    assert held(opener) == [
        ("2027-01", tax, 700_000, 21_000),
        ("2027-02", tax, 700_000, 21_000),
        ("2027-03", tax, 700_000, 21_000),
    ]
    with opener(as_of=YEAR[2][1])() as books:
        assert broken(books) == []


def test_two_payments_of_one_month_are_deducted_once(opener):
    with opener()() as books:
        contract = platform(books).id
    month, day = YEAR[0]

    for _ in range(2):
        earned(opener, contract, "15000", month, day)

    assert [row[2:] for row in held(opener)] == [(700_000, 21_000), (1_200_000, 36_000)]
    with opener(as_of=YEAR[2][1])() as books:
        assert broken(books) == []


def test_a_month_without_income_restarts_the_count_and_says_that_this_is_not_sure(opener):
    with opener()() as books:
        contract = platform(books).id

    for month, day in (YEAR[0], YEAR[2]):
        earned(opener, contract, "10000", month, day)

    assert [row[2:] for row in held(opener)] == [(300_000, 9_000), (300_000, 9_000)]
    with opener()() as books:
        found = {row.place_in_source for row in rows(books, CheckFinding)}
        assert "platform_cumulative.after_a_break" in found


def test_before_its_registration_a_platform_withholds_per_payment_and_is_told(opener):
    with opener()() as books:
        contract = platform(books, since=date(2027, 2, 1)).id

    for month, day in YEAR[:2]:
        earned(opener, contract, "6250", month, day)

    assert [row[1::2] for row in held(opener)] == [
        ("cn.iit.labor_remuneration", 100_000),
        ("cn.iit.platform_cumulative", 0),
    ]
    with opener(as_of=YEAR[2][1])() as books:
        assert "platform-not-registered" in {row.code for row in rows(books, CheckFinding)}
        assert broken(books) == []


def test_a_settlement_waits_for_one_that_it_is_taxed_on_top_of(opener):
    with opener()() as books:
        contract = platform(books)
        claim(books, contract, ("1", "15000"), rate_e4=0)
        claim(books, contract, ("1", "15000"), rate_e4=0)
    run("settlement", opener)

    settled(opener)

    with opener()() as books:
        assert sum(row.amount_minor for row in rows(books, Withholding)) == 57_000
        assert broken(books) == []


def test_a_small_month_is_made_good_by_those_before_and_nothing_is_paid_back(opener):
    with opener()() as books:
        contract = platform(books).id

    for amount, (month, day) in zip(("6300", "48000.55", "900"), YEAR, strict=True):
        earned(opener, contract, amount, month, day)

    # 40.00 at 3 %; 33440.44 at 3 % less 1.20; 29160.44 at 3 % is less than was kept back.
    assert [row[3] for row in held(opener)] == [120, 100_201, 0]


@pytest.fixture
def grown(settings, new_database):
    """As `opener` everywhere, on PostgreSQL."""
    other = replace(settings, database=new_database())
    migrate.upgrade(other)

    def make_opener(as_of=make.AS_OF, actor="system:test", month=None):
        period = Period.month(month) if month else None
        instant = datetime.combine(as_of, time(9), UTC)
        return partial(open_books, other, Terms(as_of, actor, lambda: instant, period))

    yield make_opener
    engine(other).dispose()


def test_the_database_that_grows_counts_the_same_year(grown):
    with grown()() as books:
        contract = platform(books).id

    for month, day in YEAR[:2]:
        earned(grown, contract, "50000", month, day)

    assert [row[3] for row in held(grown)] == [105_000, 343_000]
