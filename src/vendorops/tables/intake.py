"""How suppliers' files came in, and what was found in those that nobody can read for certain."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from vendorops.tables.columns import Row, day, link, one_of, strict, text, whole


class Container(Row, table=True):
    """A mail or archive that was opened; what it held was taken in file by file."""

    __table_args__ = strict(one_of("kind", ("archive", "mail")))
    witnessed: ClassVar[bool] = True

    received_file_id: int = link("receivedfile", unique=True)
    kind: str = text()
    sender: str = text(default="")
    """From whom a mail says it is: its writer's claim. Nothing is ever concluded from it."""
    subject: str = text(default="")
    message_id: str = text(default="")
    skipped: str = text(default="[]")
    """Names of members that were left in it, as JSON."""


class ContainedFile(Row, table=True):
    """That a file came in a container; the same content may have come in several, or alone."""

    __table_args__ = strict(UniqueConstraint("container_id", "position"))
    witnessed: ClassVar[bool] = True

    container_id: int = link("container")
    received_file_id: int = link("receivedfile")
    position: int = whole()
    """Among the members, counted from one."""
    name: str = text()
    """As the container has it, for people."""


class StatementLayout(Row, table=True):
    """What a person said the columns of a supplier's statements mean; the newest one holds."""

    __table_args__ = strict(
        UniqueConstraint("reference"),
        Index("ix_statementlayout_found", "layout_sha256", "supplier_id"),
        one_of("decimal", ("", ".", ",")),
        one_of("date_order", ("", "dmy", "mdy")),
        CheckConstraint("length(saved_by) > 0", name="saved_by"),
    )
    witnessed: ClassVar[bool] = True

    reference: str = text()
    supplier_id: int = link("supplier")
    layout_sha256: str = text()
    """Of the headings, by which it is found for a file."""
    columns: str = text()
    """Heading and meaning of each column in their order, as JSON."""
    decimal: str = text(default="")
    date_order: str = text(default="")
    currency: str = text(default="")
    valid_from: date = day()
    saved_by: str = text()


class SuggestedClaim(Row, table=True):
    """What a file seems to claim; a person confirms or corrects it, and only that is booked."""

    witnessed: ClassVar[bool] = True
    __table_args__ = strict()

    received_file_id: int = link("receivedfile")
    format: str = text()
    layout_sha256: str = text(default="", index=True)
    """Of the headings of a statement: a mapping saved for them has the file read again."""
    why: str = text()
    found: str = text()
    """Fields, columns and lines, each with its place, as canonical JSON; no identity numbers."""
    suggested_on: date = day()
