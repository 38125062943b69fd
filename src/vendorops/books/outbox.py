"""Promises to the outside world, made in the transaction of their cause, kept afterwards."""

from sqlmodel import col, select

from vendorops.books import log
from vendorops.books.unit import Books
from vendorops.tables import Effect


def promise_file(books: Books, event: log.Happened, sha256: str, name: str) -> Effect:
    """Promise that a stored document will lie in the outgoing folder under a name."""
    return books.enter(
        Effect(
            id=books.key(),
            kind="file",
            dedupe_key=f"file/{sha256}",
            event_id=event.id,
            sha256=sha256,
            name=name,
            promised_on=books.as_of,
        ),
        because=f"{name} is to be laid out",
    )


def pending(books: Books) -> list[int]:
    """Return the promises not yet kept, oldest first."""
    query = select(Effect.id).where(col(Effect.status) == "pending").order_by(col(Effect.id))
    return list(books.session.exec(query))
