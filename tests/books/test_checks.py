import sqlite3

import pytest
from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel

from vendorops import tables
from vendorops.tables import Row

EXPECTED = sorted(
    f"{table.name}: {constraint.name}"
    for table in SQLModel.metadata.sorted_tables
    for constraint in table.constraints
    if isinstance(constraint, CheckConstraint)
)
"""Drafting a migration finds new columns and keys, but no new conditions."""


@pytest.fixture(scope="module")
def migrated_tables(migrated):
    """What the migrations made of each table."""
    with sqlite3.connect(migrated) as connection:
        found = dict(
            connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        )
    connection.close()
    return found


def test_every_condition_of_the_tables_is_in_the_database_too(migrated_tables):
    found = [
        check
        for check in EXPECTED
        if f" {check.partition(': ')[2]} CHECK" in migrated_tables[check.partition(":")[0]]
    ]

    assert found == EXPECTED


def test_every_table_of_ours_is_strict(migrated_tables):
    loose = [
        name
        for name in (
            each.__name__.lower()
            for each in vars(tables).values()
            if isinstance(each, type) and issubclass(each, Row) and each is not Row
        )
        if not migrated_tables[name].rstrip().endswith("STRICT")
    ]

    assert loose == []
