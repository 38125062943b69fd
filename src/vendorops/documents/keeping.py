"""Keeps a document in the store and enters it in the books, once per content; reads it back."""

from collections.abc import Iterable

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.store import DocumentStore
from vendorops.tables import StoredDocument


def keep(books: Books, data: bytes, title: str, suffix: str = "") -> str:
    """Keep a document and return its SHA-256; what was kept before keeps its first title.

    `title` says what it is, for people, without identity or account numbers; `suffix` the kind of
    its content, such as `.pdf`. The bytes outlive a transaction that is undone: they are found
    again under the same hash and harm nothing.
    """
    stored = DocumentStore(books.settings.documents).put(data, suffix)
    known = select(StoredDocument).where(col(StoredDocument.sha256) == stored.sha256)
    if books.session.exec(known).one_or_none() is None:
        books.enter(
            StoredDocument(
                id=books.key(),
                sha256=stored.sha256,
                size=stored.size,
                title=title,
                suffix=suffix,
                kept_on=books.as_of,
            )
        )
    return stored.sha256


def keep_ahead(books: Books, datas: Iterable[bytes], suffix: str = "") -> None:
    """Write the bytes of many documents at once that are then kept one by one."""
    DocumentStore(books.settings.documents).put_all(datas, suffix)


def kept(books: Books, sha256: str) -> bytes:
    """Return the bytes of a document; refused when they are missing or were changed on disk."""
    return DocumentStore(books.settings.documents).get(sha256)
