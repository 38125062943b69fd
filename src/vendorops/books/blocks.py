"""Enters and moves many rows of one table at once; the history tells of them in one event.

For rows by the hundred thousand, of which one person decides together: an event for each would
take longer than the rows. Their keys follow each other, so a block is a range of keys; the hash
in its event covers what each row says that never changes, as the event of a single row does.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from itertools import pairwise, repeat
from typing import Any

import orjson
from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import select

from vendorops.books import log
from vendorops.books.inserting import inserts
from vendorops.books.unit import Books, Overtaken
from vendorops.domain.lifecycle import Status
from vendorops.tables import BlockMove, Row, RowBlock

Given = Mapping[str, object]
"""By name of the column: a list with a value for each row, or one value for all of them."""
PIECE = 20_000
"""Rows that are hashed together."""
COPIED = "COPY {table} ({names}) FROM STDIN"


class EmptyBlock(Exception):  # noqa: N818 - a defect, named for what it was asked to enter.
    """A block of no rows."""


def enter_block(books: Books, table: type[Row], columns: Given, because: str) -> RowBlock:
    """Enter rows given as all columns of a table but key and status; each in its first state."""
    count = _count(columns)
    if not count:
        raise EmptyBlock(f"no rows of {table.__name__} to enter")
    log.lock(books.session)
    states: type[Status] | None = getattr(table, "states", None)
    born = states.first().value if states else ""
    first = books.keys(count)
    whole = {**columns, **({"status": born} if states else {})}
    fill_rows(books, table, {"id": [*range(first, first + count)], **whole})
    block = RowBlock(
        id=books.key(),
        of_table=table.__name__.lower(),
        first_id=first,
        count=count,
        born=born,
        content_sha256=_hashed(_pieces_given(table, whole, count)),
    )
    return books.enter(block, because=because)


def fill_rows(books: Books, table: type[Row], columns: Given) -> None:
    """Enter rows by column that the history does not tell of, or tells of otherwise."""
    books.session.flush()
    connection = books.session.connection()
    name = table.__name__.lower()
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        spelled = {each: _spelled(value) for each, value in columns.items()}
        for statement, values in inserts(name, spelled):
            driver.execute(statement, values)
        return
    copied = COPIED.format(table=name, names=", ".join(columns))
    with driver.cursor() as cursor, cursor.copy(copied) as copy:
        for row in _rows([*columns.values()]):
            copy.write_row(row)


def move_block(
    books: Books, table: type[Row], block: RowBlock, path: Sequence[Status], because: str
) -> None:
    """Move every row of a block from the first state of a path to the last, arrow by arrow.

    Raises IllegalMove where the lifecycle has no such arrow, and Overtaken where one of the rows
    is in another state.
    """
    arrows = [*pairwise(path)]
    for before, after in arrows:
        before.check(after)
    log.lock(books.session)
    books.session.flush()
    known: Any = table
    change = update(known).where(_in(known, block), known.status == path[0].value)
    found: Any = books.session.execute(
        change.values(status=path[-1].value).execution_options(synchronize_session=False)
    )
    if found.rowcount != block.count:
        raise Overtaken(
            f"of {block.count} rows of {table.__name__} some are no longer {path[0]}; look again"
        )
    for row in books.session.identity_map.values():
        if isinstance(row, table) and block.first_id <= row.id < block.first_id + block.count:
            set_committed_value(row, "status", path[-1].value)
    for before, after in arrows:
        move = BlockMove(
            id=books.key(), row_block_id=block.id, before=before.value, after=after.value
        )
        books.enter(move, because=because)


def _in(known: Any, block: RowBlock) -> Any:  # noqa: ANN401 - any table, and its condition.
    return known.id.between(block.first_id, block.first_id + block.count - 1)


def content_of(books: Books, table: type[Row], block: RowBlock) -> str:
    """Return the hash of a block as its rows stand now; another one where rows are missing."""
    known: Any = table
    names = _fixed(table)
    asked = select(*(getattr(known, name) for name in names))
    query = asked.where(_in(known, block)).order_by(known.id)
    rows = books.session.connection().execute(query)
    return _hashed(_by_name(names, some) for some in rows.partitions(PIECE))


def _by_name(names: Sequence[str], rows: Sequence[Any]) -> Mapping[str, list[object]]:
    columns = zip(*rows, strict=True)
    return {name: list(map(_json, column)) for name, column in zip(names, columns, strict=True)}


def _count(columns: Given) -> int:
    return max((len(value) for value in columns.values() if isinstance(value, list)), default=1)


def _fixed(table: type[Row]) -> list[str]:
    """Return the columns that never change once a row was entered, in the order of their names."""
    left_out = {"id", "status", *table.filled_later}
    return sorted(name for name in table.model_fields if name not in left_out)


def _pieces_given(
    table: type[Row], columns: Given, count: int
) -> Iterator[Mapping[str, list[object]]]:
    for start in range(0, count, PIECE):
        some = slice(start, min(start + PIECE, count))
        yield {name: _some(columns.get(name), some) for name in _fixed(table)}


def _some(value: object, some: slice) -> list[object]:
    if isinstance(value, list):
        return list(map(_json, value[some])) if _needs_words(value) else value[some]
    return [_json(value)] * (some.stop - some.start)


def _needs_words(value: Sequence[object]) -> bool:
    return bool(value) and isinstance(value[0], date)


def _json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _hashed(pieces: Iterator[Mapping[str, list[object]]]) -> str:
    """Return SHA-256 of columns, piece by piece, each a line of JSON with sorted names."""
    digest = sha256()
    for piece in pieces:
        digest.update(orjson.dumps(piece, option=orjson.OPT_APPEND_NEWLINE))
    return digest.hexdigest()


def _spelled(value: object) -> object:
    """Return a column as SQLite's driver takes it, which has no days."""
    if isinstance(value, list):
        return list(map(_json, value)) if _needs_words(value) else value
    return _json(value)


def _rows(columns: Sequence[object]) -> Iterator[tuple[object, ...]]:
    each = [column if isinstance(column, list) else repeat(column) for column in columns]
    return zip(*each, strict=False)
