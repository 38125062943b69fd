"""Rows entered by the hundred thousand name only what there is, on both databases."""

import numpy as np
import pytest
from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from tests.make import only
from tests.stages.reconciliation.entered import enter, whole
from vendorops.books.columns import ToldOneByOne, enter_columns
from vendorops.stages import reconciliation
from vendorops.tables import Allocation, Difference, Invoice, Reconciliation, WorkItem

KEYS = ("reconciliation_id", "invoice_line_id", "work_item_id")
UNKNOWN = 7


def explained(books):
    """Explain a claim of one line; return its allocation as columns."""
    reconciliation.advance(books, enter(books, whole(0)).supplier_id)
    row = only(books, Allocation)
    # Another reconciliation's would be the same row but for its quantity, so it is entered anew.
    return {
        name: np.array([getattr(row, name)]) for name in (*KEYS, "quantity_e4", "amount_minor")
    }


@pytest.mark.parametrize("key", KEYS)
def test_an_allocation_that_names_nothing_is_not_entered(lend, key):
    with pytest.raises(Exception, match=r"(?i)foreign key|there is no"), lend()() as books:
        columns = explained(books)

        enter_columns(books, Allocation, {**columns, key: np.array([UNKNOWN])})

    with lend()() as books:
        assert books.session.exec(select(Allocation)).all() == []


@pytest.mark.parametrize("table", [WorkItem, Reconciliation])
def test_what_allocations_name_is_never_deleted(lend, table):
    with lend()() as books:
        explained(books)

    with pytest.raises(DBAPIError), lend()() as books:
        books.session.execute(delete(table))

    with lend()() as books:
        assert books.session.exec(select(table)).first()


def test_rows_that_the_history_tells_of_are_not_entered_by_column(lend):
    with pytest.raises(ToldOneByOne, match="Invoice"), lend()() as books:
        enter_columns(books, Invoice, {"net_minor": np.array([1])})


def test_columns_of_texts_are_entered_as_they_are_coded(lend):
    with lend()() as books:
        claim = enter(books, whole(0), whole(0))

        reconciliation.advance(books, claim.supplier_id)

        found = books.session.exec(select(Difference.reason, col(Difference.treatment))).all()
        assert [tuple(row) for row in found] == [("duplicate_line", "disputed")]
