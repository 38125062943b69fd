"""Facts that cannot be counted are refused by name, and none of their file is entered."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stages.earnings.earning import (
    HOURS,
    NOVEMBER,
    REPORTER,
    SHARE,
    SOLD,
    agree,
    counts,
    facts,
    founded,
    reported,
    run,
)
from vendorops.documents.forms import BadForm
from vendorops.domain.delimited import BadTable
from vendorops.domain.earnings import BadFact
from vendorops.domain.refusal import Refused
from vendorops.working.earning import read_facts, report

WEEK = "kind: unit, code: hour, quantity: 40, day: 2026-10-05, through: 2026-10-09"
REFUSED = {
    "was reported on 2026-11-02 with another content": {"s1": SOLD.replace("1000", "999")},
    "2026-11-03 has not come yet": {"s2": SOLD.replace("10-05", "11-03")},
    "no agreed pay plan holds on 2026-09-30": {"s2": SOLD.replace("10-05", "09-30")},
    "does not read a cost": {"s2": "kind: cost, day: 2026-10-05, amount: 1.00"},
    "has an amount and no quantity, above zero": {
        "s2": "kind: sale, day: 2026-10-05, quantity: 1"
    },
    "above zero": {"s2": "kind: sale, day: 2026-10-05, amount: -5.00"},
    "is finer than the smallest unit": {"s2": "kind: sale, day: 2026-10-05, amount: 1.005"},
    "kind is one of": {"s2": "kind: gift, day: 2026-10-05, amount: 1.00"},
    "what is withdrawn is named by `replaces`": {"s2": "kind: withdrawn, day: 2026-10-05"},
    "replaces 'gone', which was never reported": {"s2": f"{SOLD}, replaces: gone"},
    "reaches into another month": {
        "s2": "kind: sale, day: 2026-10-31, through: 2026-11-01, amount: 1.00"
    },
    "s1 covers some of the days": {
        "s2": "kind: sale, day: 2026-10-01, through: 2026-10-07, amount: 1.00"
    },
}


@pytest.fixture
def of(opener):
    reference = founded(opener)
    agree(opener, reference, SHARE)
    reported(opener, reference, s1=SOLD)
    return reference


@pytest.mark.parametrize("sentence", REFUSED)
def test_a_fact_that_cannot_be_counted_is_named_and_none_is_entered(opener, of, sentence):
    before = counts(opener)
    good = "kind: sale, day: 2026-10-06, amount: 1.00"

    with pytest.raises(BadFact, match="fact 2 ") as refusal:
        reported(opener, of, good=good, **REFUSED[sentence])  # type: ignore[arg-type]  # a fact.

    assert sentence in str(refusal.value)
    assert counts(opener) == before


def test_a_fact_is_corrected_once_and_then_what_took_its_place(opener, of):
    less = SOLD.replace("1000", "900")
    reported(opener, of, s2=f"{less}, replaces: s1")

    with pytest.raises(BadFact, match="s1 was corrected already"):
        reported(opener, of, s3=f"{SOLD}, replaces: s1")
    reported(opener, of, s3=f"{SOLD}, replaces: s2")
    run(opener)

    assert counts(opener) == (3, 1)


def test_weeks_that_overlap_are_refused_and_neighbours_are_not(opener):
    of = founded(opener)
    agree(opener, of, HOURS)
    reported(opener, of, a=WEEK)

    for day in ("2026-10-05", "2026-10-09"):
        with pytest.raises(BadFact, match="a covers some of the days"):
            reported(opener, of, b=f"kind: unit, code: hour, quantity: 1, day: {day}")
    reported(opener, of, b="kind: unit, code: hour, quantity: 1, day: 2026-10-10")


def test_a_rate_that_nobody_agreed_is_asked_for(opener):
    of = founded(opener)
    agree(opener, of, HOURS)

    with pytest.raises(BadFact, match="no rate is agreed for 'night'"):
        reported(opener, of, a=WEEK.replace("hour", "night"))


def test_strangers_report_nothing_and_a_plan_must_be_agreed_first(opener):
    of = founded(opener)
    with pytest.raises(BadFact, match="neither belongs to"):
        reported(opener, of, who="nobody", s1=SOLD)
    with pytest.raises(BadFact, match="no agreed pay plan holds"):
        reported(opener, of, s1=SOLD)


TABLE = "key,kind,day,amount\ns7,sale,2026-10-12,12.50\ns8,sale,2026-10-13,7.50\n"


def test_a_table_of_facts_is_read_row_by_row(opener, of):
    with opener(as_of=NOVEMBER, actor=REPORTER)() as books:
        rows, known = report(books, read_facts(TABLE.encode(), ".csv", of), TABLE.encode(), ".csv")
        assert [(row.key, row.amount_minor) for row in rows] == [("s7", 12_50), ("s8", 7_50)]
        assert (known, rows[0].first) == (0, date(2026, 10, 12))


BAD_TABLES = {
    "name the contract": (TABLE, None),
    "row 2: day is not a day": (TABLE.replace("2026-10-12", "12.10.2026"), "CON"),
    "not known or there twice": (TABLE.replace("amount", "sum"), "CON"),
    "no rows below its names": ("key,kind,day,amount\n", "CON"),
}


def test_a_table_that_is_none_is_refused_with_the_place():
    for sentence, (table, contract) in BAD_TABLES.items():
        with pytest.raises((BadForm, BadTable), match=sentence):
            read_facts(table.encode(), ".csv", contract)


@given(text=st.text(max_size=60))
def test_whatever_a_file_says_is_read_or_refused(text):
    with suppress(Refused):
        read_facts(facts("CON-1", a=text), ".yaml")
