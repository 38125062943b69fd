"""What all makers share: entering a row and moving it along its lifecycle."""

from collections import deque
from collections.abc import Mapping
from typing import Any, TypeVar

from sqlmodel import select

from vendorops.books import Books
from vendorops.domain.lifecycle import Status
from vendorops.tables import Row

R = TypeVar("R", bound=Row)


def put(books: Books, table: type[R], usual: Mapping[str, Any], changed: Mapping[str, Any]) -> R:
    """Enter a row of the usual columns, some of them changed, and move it to its status."""
    columns = {**usual, **changed}
    status = columns.pop("status", None)
    row = books.enter(table(id=books.key(), **columns))
    return reach(books, row, status) if status else row


def reach(books: Books, row: R, status: str) -> R:
    """Move a row to a status by the fewest moves its lifecycle allows."""
    found: Any = row
    states: type[Status] = found.states
    paths = deque([[states(found.status)]])
    while paths[0][-1] != status:
        path = paths.popleft()
        paths.extend([*path, states(after)] for after in sorted(path[-1].follows))
    for after in paths[0][1:]:
        books.move(row, after, because="as the test wants it")
    return row


def only(books: Books, table: type[R], **columns: Any) -> R:
    """Return the one row of these columns."""
    return books.session.exec(select(table).filter_by(**columns)).one()


def rows_of(books: Books, table: type[R]) -> list[R]:
    """Return all rows of a table, oldest first."""
    return sorted(books.session.exec(select(table)), key=lambda row: row.id)
