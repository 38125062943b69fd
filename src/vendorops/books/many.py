"""Enters many rows of one table at once; the history is told of each as of a single one."""

from collections.abc import Mapping, Sequence

from sqlalchemy import insert

from vendorops.books import log
from vendorops.books.chain import content_sha256
from vendorops.books.unit import Books
from vendorops.domain.lifecycle import Status
from vendorops.tables import Row

Columns = Mapping[str, object]


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
        circumstance = log.Circumstance(books.actor, books.as_of, books.now())
        log.append_many(books.session, books.keys(len(whats)), whats, circumstance)


def _fixed(table: type[Row], row: Columns) -> dict[str, str]:
    """Return what of a row never changes, as `fixed_content` does of a row that is an object."""
    left_out = {"id", "status", *table.filled_later}
    return {
        name: str(value)
        for name, value in row.items()
        if name not in left_out and value not in (None, "")
    }
