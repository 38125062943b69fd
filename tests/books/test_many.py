"""Many rows are entered and moved at once, and told of as one by one."""

import pytest
from sqlmodel import col, select

from tests import make
from vendorops.books.many import move_many
from vendorops.books.unit import Overtaken
from vendorops.domain.lifecycle import IllegalMove, WorkerStatus
from vendorops.tables import Event, Worker

AWAY, BACK = WorkerStatus.INACTIVE, WorkerStatus.ACTIVE


@pytest.fixture
def three(opener):
    """The keys of three active people."""
    with opener()() as books:
        of = make.supplier(books)
        return [make.worker(books, of, identifier_index=f"{n:064d}").id for n in range(3)]


def rows(books, idents):
    return [books.get(Worker, ident) for ident in idents]


def moves(books):
    query = select(Event).where(col(Event.action) == "moved", Event.subject_table == "worker")
    return [
        (row.subject_id, row.before, row.after, row.reason)
        for row in books.session.exec(query.order_by(col(Event.seq)))
    ]


def test_rows_are_moved_and_told_of_each_with_its_own_reason(opener, three):
    with opener()() as books:
        move_many(books, rows(books, three), AWAY, ["left", "ill", "moved"])

    with opener()() as books:
        assert {row.status for row in rows(books, three)} == {AWAY}
        told = zip(three, ("left", "ill", "moved"), strict=True)
        assert moves(books) == [(ident, BACK, AWAY, reason) for ident, reason in told]


def test_nothing_is_moved_where_one_may_not_be(opener, three):
    with opener()() as books:
        found = rows(books, three)
        books.move(found[1], AWAY, because="left")
        with pytest.raises(IllegalMove):
            move_many(books, found, AWAY, ["left"] * 3)
        assert [row.status for row in found] == [BACK, AWAY, BACK]


def test_rows_that_somebody_else_moved_first_are_overtaken(opener, three):
    with opener()() as books:
        found = rows(books, three)
        books.move(found[0], AWAY, because="left")
        found[0].status = BACK
        books.session.expunge(found[0])  # As another process knows it, which saw nothing of it.
        with pytest.raises(Overtaken, match="look again"):
            move_many(books, found, AWAY, ["left"] * 3)


def test_nobody_is_moved_for_nothing(opener):
    with opener()() as books:
        move_many(books, [], AWAY, [])
        assert moves(books) == []
