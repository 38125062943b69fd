"""Runs on the database that grows come to the rows of runs on SQLite."""

from dataclasses import replace
from datetime import date

import pytest

from tests import make
from tests.soundness import broken
from tests.stages.settlement.month import run
from tests.stages.settlement_runs.people import (
    MONTHS,
    facts,
    go,
    hold,
    opening,
    platform,
    reject,
    worker,
)
from vendorops.books import migrate
from vendorops.books.engine import engine
from vendorops.stages.settlement_runs import grouping

BOTH = ("settlement_runs", "settlement")
TWO = dict([*MONTHS.items()][:2])


@pytest.fixture(autouse=True)
def few_are_enough(monkeypatch):
    monkeypatch.setattr(grouping, "LEAST", 2)


@pytest.fixture
def grown(settings, new_database):
    """As `opener` everywhere, on PostgreSQL."""
    other = replace(settings, database=new_database())
    migrate.upgrade(other)
    yield opening(other)
    engine(other).dispose()


def played(opener):
    """Two months of three people, settled by runs, paid and released; what the books say.

    The first is rejected, and settled without the one that is held.
    """
    with opener()() as books:
        platform(books)
        for number, amounts in enumerate((("15000", "15000"), ("6300", ""), ("100", "48000.55"))):
            contract = worker(books, number, amounts).id
    go(opener)
    reject(opener)
    assert [len(go(opener, stage).refused) for stage in BOTH] == [1, 0]
    hold(opener, contract)
    for month, day in TWO.items():
        run("settlement_runs", opener, as_of=day, month=month)
        make.reply(opener, "settlement", "wang.approver", as_of=day)
        run("settlement_runs", opener, as_of=day, month=month)
        for kind, who in (
            ("payment_approval", "wang.approver"),
            ("payment_release", "sun.releaser"),
        ):
            run("release", opener, as_of=day)
            make.reply(opener, kind, who, as_of=day)
        run("release", opener, as_of=day)
    found = facts(opener)
    return found["runs"], found["findings"], found["transfers"], found["files"]


def test_runs_are_the_same_on_both_databases_from_claims_to_released_files(opener, grown):
    assert played(grown) == played(opener)
    with grown(as_of=date(2100, 1, 1))() as books:
        assert broken(books) == []
