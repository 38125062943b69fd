"""What waits of claims is listed from the command line."""

import pytest

from tests.cli.conftest import find
from tests.make import claimed, people
from tests.stages.reconciliation.entered import enter, whole
from vendorops.stages import sweep


@pytest.fixture
def disputed(opener, settings, monkeypatch):
    """One claim: a line in order, one of unknown work, one at too high a price."""
    with opener()() as books:
        people(books)
        enter(books, whole(0), lambda _: claimed(), lambda works: claimed(works[1], price="50"))
    sweep("reconciliation", opener())
    find(monkeypatch, settings)


@pytest.mark.usefixtures("disputed")
def test_exceptions_are_listed_with_their_sums_and_the_rest_is_told(run):
    ran = run("exceptions", "--json", "--limit", "1", "--as-of", "2026-11-26")

    assert ran.code == 0
    [first] = ran.of("exception")
    assert (first["reason"], first["amount"], first["days"]) == ("no_reference", "1860.00", 22)
    assert {row["reason"]: row["count"] for row in ran.of("sum")} == {
        "no_reference": 1,
        "price_above_term": 1,
    }
    assert "1 more; see them with --skip 1" in ran.err


@pytest.mark.usefixtures("disputed")
def test_a_supplier_that_is_not_there_is_refused_and_not_taken_for_one_without_exceptions(run):
    ran = run("exceptions", "--supplier", "SUP-2026-999999", "--json")

    assert (ran.code, ran.out) == (1, "")
    assert "SUP-2026-999999" in ran.err


@pytest.mark.usefixtures("disputed")
def test_large_amounts_are_asked_for_in_a_currency(run):
    large = ("exceptions", "--json", "--at-least", "1000")

    assert run(*large).code == 2
    assert len(run(*large, "--currency", "CNY").of("exception")) == 1
