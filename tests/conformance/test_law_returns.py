"""What every form on the law shelf owes: published last days, exact totals, the same bytes."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from vendorops.domain.jurisdiction import (
    ReturnFacts,
    ReturnRow,
)
from vendorops.domain.money import Money, total
from vendorops.domain.periods import Period
from vendorops.law import (
    codes,
    jurisdiction,
)
from vendorops.law.examples import ReturnExamples, examples

FILES = [(code, file) for code in codes() for file in examples(code)]
DUE_DAYS = [
    pytest.param(code, file.form, case, id=f"{file.form}: {case.case}")
    for code, file in FILES
    if isinstance(file, ReturnExamples)
    for case in file.cases
]
FEN = st.integers(min_value=0, max_value=30_000_000)


@pytest.mark.parametrize(("code", "form", "case"), DUE_DAYS)
def test_each_published_last_day_for_filing_is_met(code, form, case):
    deadline = jurisdiction(code).due(form, Period.month(case.period))

    assert deadline.day == case.due
    assert deadline.citations
    assert not deadline.findings


@pytest.mark.parametrize("code", codes())
def test_every_tax_is_declared_on_exactly_one_form_of_its_place(code):
    law = jurisdiction(code)

    declared = [tax for known in law.returns for tax in known.taxes]
    assert sorted(declared) == sorted(tax.code for tax in law.taxes)
    assert all(tax.code.startswith(f"{code}.") for tax in law.taxes)


@pytest.mark.parametrize("year", range(2027, 2029))
def test_a_last_day_in_a_year_without_a_holiday_notice_carries_a_warning(year):
    deadline = jurisdiction("cn").due("cn.iit.withholding", Period.month(f"{year}-01"))

    assert [finding.code for finding in deadline.findings] == ["law-unconfirmed"]


def test_makeup_weekends_are_worked_in_china_as_announced():
    days = jurisdiction("cn").calendar(range(2026, 2027))

    assert days.is_working(date(2026, 10, 10))
    assert not days.is_working(date(2026, 10, 17))
    assert not days.is_working(date(2026, 2, 23))
    assert {day.year for day in days.makeup_days} == {2026}


def rows(law, amounts, tax=""):
    tax = tax or law.taxes[0].code
    return tuple(
        ReturnRow(f"P{at:03}", f"ID{at}", tax, income, base, withheld, "v")
        for at, triple in enumerate(amounts)
        for income, base, withheld in [[Money(minor, law.currency) for minor in triple]]
    )


def read_back(code, payload):
    """Return the amounts of a written return, row by row, and its totals."""
    if code == "xa":
        root = etree.fromstring(payload, etree.XMLParser(resolve_entities=False))
        lines = [tuple(map(e.get, ("income", "base", "withheld"))) for e in root]
    else:
        found = csv.DictReader(io.StringIO(payload.decode()))
        lines = [(line["income"], line["base"], line["withheld"]) for line in found]
    return lines[:-1], lines[-1]


@pytest.mark.parametrize("code", ["cn", "xa"])
@given(amounts=st.lists(st.tuples(FEN, FEN, FEN), max_size=8))
def test_the_totals_of_a_written_return_are_the_sums_of_its_rows(code, amounts):
    law = jurisdiction(code)
    facts = ReturnFacts("A1", Period.month("2026-10"), law.currency, rows(law, amounts))

    payload = law.render_return(law.returns[0].form, facts)

    lines, totals = read_back(code, payload)
    assert len(lines) == len(amounts)
    for column in range(3):
        parts = [Money.parse(line[column], law.currency) for line in lines]
        assert total(parts, law.currency).text == totals[column]


@pytest.mark.parametrize("code", [code for code in codes() if jurisdiction(code).returns])
def test_a_return_is_the_same_bytes_whatever_order_its_rows_come_in(code):
    law = jurisdiction(code)

    for known in law.returns:
        mine = rows(law, [(3, 2, 1)] * 4, known.taxes[0])
        facts = ReturnFacts("A1", Period.month("2026-10"), law.currency, mine)
        shuffled = replace(facts, rows=facts.rows[::-1])
        written = law.render_return(known.form, facts)
        assert law.render_return(known.form, shuffled) == written
        assert b"ID3" in written
