"""Enters rows of a year in blocks, as the books themselves do."""

from collections import deque
from collections.abc import Sequence
from typing import Any

from vendorops.books import Books
from vendorops.books.blocks import Given, enter_block, fill_rows, move_block
from vendorops.domain.lifecycle import Status
from vendorops.tables import Row


def hashes(books: Books, count: int) -> list[str]:
    """Return so many hashes of files that nobody reads."""
    first = books.keys(count)
    return [f"{key:064x}" for key in range(first, first + count)]


def filled(books: Books, table: type[Row], **columns: object) -> list[int]:
    """Enter rows that the history does not tell of; return their keys."""
    count = max(len(value) for value in columns.values() if isinstance(value, list))
    first = books.keys(count)
    keys = [*range(first, first + count)]
    whole: Given = {"id": keys, **columns}
    fill_rows(books, table, whole)
    return keys


def entered(books: Books, table: type[Row], status: str, **columns: object) -> list[int]:
    """Enter rows in a block and take them to a status; return their keys."""
    block = enter_block(books, table, columns, "as the year has it")
    known: Any = table
    move_block(books, table, block, _path(known.states, status), "as the year has it")
    return [*range(block.first_id, block.first_id + block.count)]


def _path(states: type[Status], status: str) -> Sequence[Status]:
    """Return the states on the shortest way to one."""
    paths = deque([[states.first()]])
    while paths[0][-1] != status:
        path = paths.popleft()
        paths.extend([*path, states(after)] for after in sorted(path[-1].follows))
    return paths[0]
