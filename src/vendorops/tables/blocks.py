"""Rows that are entered and moved together: the history tells of a block of them at once."""

from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.tables.columns import Row, link, strict, text, whole


class RowBlock(Row, table=True):
    """Rows of one table under keys that follow each other, entered at once.

    One event tells of all of them; the hash of what they say that never changes is in it.
    """

    __table_args__ = strict(
        UniqueConstraint("of_table", "first_id"),
        CheckConstraint("count > 0", name="not_empty"),
    )
    witnessed: ClassVar[bool] = True

    of_table: str = text()
    first_id: int = whole()
    """Key of the first row; those of the others follow without a gap."""
    count: int = whole()
    born: str = text(default="")
    """The state in which they were entered; empty where their table has no lifecycle."""
    content_sha256: str = text()


class BlockMove(Row, table=True):
    """That every row of a block went from one state to another."""

    __table_args__ = strict(CheckConstraint("before <> after", name="moves"))
    witnessed: ClassVar[bool] = True

    row_block_id: int = link("rowblock")
    before: str = text()
    after: str = text()
