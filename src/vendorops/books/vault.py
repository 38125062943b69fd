"""Keeps identity and account numbers: the one encrypted table, and the one way to read it."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from sqlmodel import col, select

from vendorops.books.cipher import Binding, Cipher, Sealed, load_master_key
from vendorops.books.unit import Books, NotInTheBooks
from vendorops.tables import Row, VaultEntry

AT_ONCE = 10_000
"""Rows of one IN list; SQLite takes some thirty thousand."""


@cache
def _cipher(key_file: Path) -> Cipher:
    return Cipher(load_master_key(key_file))


def keep(books: Books, row: Row, column: str, secret: str, *, retention: str) -> VaultEntry:
    """Encrypt a secret of a row, bound to that row and column."""
    cipher = _cipher(books.settings.key_file)
    binding = Binding(type(row).__name__.lower(), column, row.id, cipher.key_id)
    sealed = cipher.seal(secret, binding)
    return books.enter(
        VaultEntry(
            id=books.key(),
            subject_table=binding.table,
            subject_column=column,
            subject_id=row.id,
            key_id=sealed.key_id,
            nonce=sealed.nonce,
            ciphertext=sealed.ciphertext,
            retention=retention,
        )
    )


def reveal(books: Books, row: Row, column: str) -> str:
    """Decrypt a secret for a document that must contain it; the caller records why."""
    table = type(row).__name__.lower()
    query = select(VaultEntry).where(
        col(VaultEntry.subject_table) == table,
        col(VaultEntry.subject_column) == column,
        col(VaultEntry.subject_id) == row.id,
    )
    entry = books.session.exec(query).one_or_none()
    if entry is None:
        raise NotInTheBooks(f"the vault holds no {column} of {table} {row.id}")
    return opened(books, entry)


def reveal_many(books: Books, rows: Sequence[Row], column: str) -> dict[int, str]:
    """Decrypt one secret of many rows of a table, by their keys; a row without one is absent."""
    found: dict[int, str] = {}
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        query = select(VaultEntry).where(
            col(VaultEntry.subject_table) == type(some[0]).__name__.lower(),
            col(VaultEntry.subject_column) == column,
            col(VaultEntry.subject_id).in_([row.id for row in some]),
        )
        found |= {entry.subject_id: opened(books, entry) for entry in books.session.exec(query)}
    return found


def opener(books: Books, table: str, column: str) -> Callable[[int, str, bytes, bytes], str]:
    """Return what decrypts one column of a table, given key, key id, nonce and ciphertext.

    For thousands of secrets that one query read; the caller records why.
    """
    return _cipher(books.settings.key_file).opener(table, column)


def opened(books: Books, entry: VaultEntry) -> str:
    """Decrypt an entry; raises NotTheSealedOne where it or its row is not the one sealed."""
    sealed = Sealed(entry.key_id, entry.nonce, entry.ciphertext)
    binding = Binding(entry.subject_table, entry.subject_column, entry.subject_id, entry.key_id)
    return _cipher(books.settings.key_file).open(sealed, binding)


def blind_index(books: Books, canonical: str, scope: str) -> str:
    """Return the keyed hash by which equal numbers are found without being read."""
    return _cipher(books.settings.key_file).blind_index(canonical, scope)
