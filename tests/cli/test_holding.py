"""Invoices are held and released from the command line, and `explain` tells of it."""

import pytest

from tests import make
from tests.cli.conftest import find
from tests.stages.settlement import month

WHY = ("--reason", "the hours look doubled")
AS = ("--as", "zhao.finance", "--as-of", "2026-11-05", "--json")


@pytest.fixture
def claim(opener, settings, monkeypatch):
    """A claim in order, in an installation that commands find."""
    with opener()() as books:
        month.company(books)
        row = month.claim(books, month.staffing(books), ("40", "46.50"))
    find(monkeypatch, settings)
    return row.reference


def test_an_invoice_is_held_by_its_line_and_released_by_its_own_reference(run, claim):
    [held] = run("invoice", "hold", f"{claim}/1", *WHY, "--until", "2026-12-01", *AS).rows
    assert (held["hold"], held["line"], held["status"]) == ("HLD-2026-000001", 1, "active")

    assert [row["hold"] for row in run("invoice", "holds", *AS[2:]).rows] == [held["hold"]]
    [released] = run("invoice", "release", claim, "--reason", "they showed the sheets", *AS).rows

    assert run("invoice", "holds", *AS[2:]).rows == []
    assert (released["status"], released["release_asked_by"]) == ("released", "zhao.finance")


def test_a_hold_is_part_of_what_explains_an_invoice(run, claim):
    run("invoice", "hold", claim, *WHY, *AS)

    [tree] = run("explain", claim, "--json").out.splitlines()[:1]

    assert '"kind": "hold", "reference": "HLD-2026-000001"' in tree
    assert WHY[1] in tree


def test_what_cannot_be_held_or_released_is_refused_by_its_name(run, claim):
    for words, why in (
        (("invoice", "hold", "INV-2026-000099", *WHY), "there is no Invoice 'INV-2026-000099'"),
        (("invoice", "hold", f"{claim}/9", *WHY), f"{claim} has no line 9"),
        (("invoice", "release", claim, *WHY), f"{claim} is not held"),
    ):
        ran = run(*words, *AS)
        assert (ran.code, why in ran.err) == (1, True), ran.err


def test_who_holds_no_role_with_us_holds_no_invoice(run, claim, opener):
    with opener()() as books:
        make.person(books, "he.hengxin")

    ran = run("invoice", "hold", claim, *WHY, "--as", "he.hengxin", "--as-of", "2026-11-05")

    assert ran.code == 1
    assert "he.hengxin holds no role with us" in ran.err
