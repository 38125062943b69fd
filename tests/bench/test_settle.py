"""The benchmark settles as the floor computes, and leaves nothing broken that was not before."""

from datetime import UTC, date, datetime

from vendorops import bench
from vendorops.bench.settle import enter, settle
from vendorops.books import Terms, open_books
from vendorops.invariants import verify
from vendorops.settings import Settings

LATER = date(2100, 1, 1)
PAYEES = 220


def test_the_floor_comes_to_the_same_tax_payments_and_transfers():
    figures = bench.member("settle").run(payees=PAYEES)

    assert (figures["payees"], figures["runs"], figures["files"]) == (PAYEES, 1, 1)
    assert float(figures["ratio"]) > 0


def broken(settings):
    terms = Terms(LATER, "system:verify", lambda: datetime(2100, 1, 1, tzinfo=UTC))
    with open_books(settings, terms) as books:
        return {(each.code, each.what) for each in verify(books).violations}


def test_settling_breaks_nothing_that_the_seeded_books_did_not_break(tmp_path):
    settings = Settings.at(tmp_path)
    enter(settings, PAYEES)
    before = broken(settings)

    settle(settings)

    assert broken(settings) - before == set()
    # What was entered past the books is named; what the run entered is not among it.
    assert ("S17", "settlement SET-2026-1000") in before
