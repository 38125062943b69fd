"""Enters or moves many rows of one table at once; the history is told of each as of one."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm.attributes import set_committed_value

from vendorops.books import log
from vendorops.books.chain import content_sha256
from vendorops.books.unit import Books, Overtaken, status_of
from vendorops.domain.lifecycle import Status
from vendorops.tables import Row

Columns = Mapping[str, object]
AT_ONCE = 10_000
"""Values of one IN list; SQLite takes some thirty thousand."""


def enter_many(books: Books, table: type[Row], rows: Sequence[Columns], because: str) -> None:
    """Enter rows given as complete columns, keys among them, as `Books.enter` does with one.

    A row of a table with a lifecycle is born in its first state, whatever its columns say.
    """
    if not rows:
        return
    log.lock(books.session)
    states: type[Status] | None = getattr(table, "states", None)
    after = states.first().value if states else ""
    born = [{**row, "status": after} if states else dict(row) for row in rows]
    books.session.flush()
    books.session.connection().execute(insert(table), born)
    if states or table.witnessed:
        subject = table.__name__.lower()
        whats = [
            log.Happening(
                "entered",
                subject,
                int(str(row["id"])),
                because,
                after=after,
                content_sha256=content_sha256(_fixed(table, row)),
            )
            for row in born
        ]
        _tell(books, whats)


def move_many(books: Books, rows: Sequence[Row], after: Status, because: Sequence[str]) -> None:
    """Change the status of rows of one table, as `Books.move` does with one, for a reason each.

    Raises IllegalMove and Overtaken as it does; then none of them is moved.
    """
    if not rows:
        return
    log.lock(books.session)
    table: Any = type(rows[0])
    before = [table.states(status_of(row)) for row in rows]
    for state in before:
        state.check(after)
    books.session.flush()
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        for state in dict.fromkeys(before[start : start + AT_ONCE]):
            _move(books, table, [row for row in some if status_of(row) == state], after)
    whats = [
        log.Happening(
            *("moved", table.__name__.lower(), row.id, reason),
            before=state.value,
            after=after.value,
        )
        for row, state, reason in zip(rows, before, because, strict=True)
    ]
    _tell(books, whats)


def move_all(
    books: Books,
    table: type[Row],
    idents: Sequence[int],
    arrow: tuple[Status, Status],
    because: str,
) -> None:
    """Change the status of rows that need not be read, all from one state and for one reason.

    The history tells of each of them. Raises IllegalMove and Overtaken as `Books.move` does.
    """
    before, after = arrow
    before.check(after)
    if not idents:
        return
    log.lock(books.session)
    books.session.flush()
    for start in range(0, len(idents), AT_ONCE):
        _change(books, table, idents[start : start + AT_ONCE], arrow)
    moved = set(idents)
    for row in books.session.identity_map.values():
        if isinstance(row, table) and row.id in moved:
            set_committed_value(row, "status", after.value)
    name = table.__name__.lower()
    whats = [
        log.Happening("moved", name, ident, because, before=before.value, after=after.value)
        for ident in idents
    ]
    _tell(books, whats)


def record_many(
    books: Books, action: str, rows: Sequence[Row], reason: str, contents: Sequence[str]
) -> None:
    """Write into the history what happened to each of some rows, with a hash of its own."""
    _tell(
        books,
        [
            log.Happening(action, type(row).__name__.lower(), row.id, reason, content_sha256=each)
            for row, each in zip(rows, contents, strict=True)
        ],
    )


def _tell(books: Books, whats: Sequence[log.Happening]) -> None:
    log.lock(books.session)
    circumstance = log.Circumstance(books.actor, books.as_of, books.now())
    log.append_many(books.session, books.keys(len(whats)), whats, circumstance)


def _change(
    books: Books,
    known: Any,  # noqa: ANN401 - a table with a lifecycle.
    idents: Sequence[int],
    arrow: tuple[Status, Status],
) -> None:
    before, after = arrow
    change = update(known).where(known.id.in_(idents), known.status == before.value)
    found: Any = books.session.execute(
        change.values(status=after.value).execution_options(synchronize_session=False)
    )
    if found.rowcount != len(idents):
        raise Overtaken(
            f"of {len(idents)} rows of {known.__name__} some are no longer {before}; look again"
        )


def _move(books: Books, table: Any, rows: Sequence[Row], after: Status) -> None:  # noqa: ANN401 - a table with a lifecycle.
    before: Status = table.states(status_of(rows[0]))
    _change(books, table, [row.id for row in rows], (before, after))
    for row in rows:
        set_committed_value(row, "status", after.value)


def _fixed(table: type[Row], row: Columns) -> dict[str, str]:
    """Return what of a row never changes, as `fixed_content` does of a row that is an object."""
    left_out = {"id", "status", *table.filled_later}
    return {
        name: str(value)
        for name, value in row.items()
        if name not in left_out and value not in (None, "")
    }
