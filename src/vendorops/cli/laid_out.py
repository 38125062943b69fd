"""Tells where a file for a bank or tax office lies once it was laid out."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.stages.delivery import laid_out_name
from vendorops.tables import Effect


def laid_out(books: Books, sha256: str) -> str | None:
    """Return the path of a file in the outgoing folder; None while it does not lie there."""
    query = select(Effect).where(col(Effect.sha256) == sha256, col(Effect.kind) == "file")
    effect = books.session.exec(query).one_or_none()
    path = books.settings.outgoing / laid_out_name(effect) if effect else None
    return str(path) if path and path.exists() else None
