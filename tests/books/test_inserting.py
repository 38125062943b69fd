"""Statements that enter many rows enter each of them once, in order, with what all of them say."""

import sqlite3

import pytest

from vendorops.books.columns import TOGETHER
from vendorops.books.inserting import inserts


@pytest.mark.parametrize("count", [1, TOGETHER, TOGETHER + 1, 2 * TOGETHER])
def test_every_row_is_entered_as_given(count):
    columns = {
        "id": [*range(count)],
        "currency": "CNY",
        "name": [f"row {at}" for at in range(count)],
        "paid": None,
    }
    with sqlite3.connect(":memory:") as books:
        books.execute("CREATE TABLE entered (id INTEGER, currency TEXT, name TEXT, paid INTEGER)")
        for statement, values in inserts("entered", columns):
            books.execute(statement, values)

        found = books.execute("SELECT * FROM entered ORDER BY rowid").fetchall()

    assert found == [(at, "CNY", f"row {at}", None) for at in range(count)]


def test_no_rows_are_no_statement():
    assert [*inserts("entered", {"id": [], "currency": "CNY"})] == []


def test_a_row_of_single_values_is_one_row():
    assert [*inserts("entered", {"id": 1})] == [("INSERT INTO entered (id) VALUES (?1)", [1])]


def test_what_all_rows_say_is_bound_once_whether_it_is_given_once_or_for_each():
    for_each = {
        "id": [1, 2, 3],
        "paid": [None, None, None],
        "version": [1, 1, 1],
        "net": [5, 6, 5],
    }

    made = [*inserts("entered", for_each)]

    assert made == [*inserts("entered", for_each | {"paid": None, "version": 1})]
    assert made[0][1] == [None, 1, 1, 5, 2, 6, 3, 5]
