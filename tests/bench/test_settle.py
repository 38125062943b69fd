"""The benchmark settles as the floor computes, and leaves nothing broken that was not before."""

import sqlite3
from datetime import UTC, date, datetime

from vendorops import bench
from vendorops.bench._floor_tables import FILLED, Keyed
from vendorops.bench.settle import enter, settle
from vendorops.books import Terms, migrate, open_books
from vendorops.invariants import verify
from vendorops.settings import Settings

LATER = date(2100, 1, 1)
PAYEES = 220


def test_the_floor_comes_to_the_same_tax_payments_and_transfers():
    figures = bench.member("settle").run(payees=PAYEES)

    assert (figures["payees"], figures["runs"], figures["files"]) == (PAYEES, 1, 1)
    assert float(figures["ratio"]) > 0
    assert float(figures["keyed_cpu_ratio"]) > 0


def test_the_keyed_floor_has_the_keys_and_indices_of_the_books(tmp_path):
    settings = Settings.at(tmp_path)
    migrate.upgrade(settings)
    connection = sqlite3.connect(tmp_path / "books.db")
    Keyed().create(connection)

    def keys(table):
        indices = connection.execute(f"PRAGMA index_list({table})").fetchall()
        links = connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        named = [(row[2].removeprefix("keyed_"), *row[3:5]) for row in links]
        return sorted(each[2:] for each in indices), sorted(named)

    found = {table: keys(f"keyed_{table}") for table in FILLED}
    ours = {table: keys(table) for table in FILLED}
    connection.close()

    assert found == ours
    assert all(indices and links for indices, links in found.values())


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
