"""Keeps identity and account numbers: the one encrypted table, and the one way to read it."""

from functools import cache
from pathlib import Path

from sqlmodel import col, select

from vendorops.books.cipher import Binding, Cipher, Sealed, load_master_key
from vendorops.books.unit import Books, NotInTheBooks
from vendorops.tables import Row, VaultEntry


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


def opened(books: Books, entry: VaultEntry) -> str:
    """Decrypt an entry; raises NotTheSealedOne where it or its row is not the one sealed."""
    sealed = Sealed(entry.key_id, entry.nonce, entry.ciphertext)
    binding = Binding(entry.subject_table, entry.subject_column, entry.subject_id, entry.key_id)
    return _cipher(books.settings.key_file).open(sealed, binding)


def blind_index(books: Books, canonical: str, scope: str) -> str:
    """Return the keyed hash by which equal numbers are found without being read."""
    return _cipher(books.settings.key_file).blind_index(canonical, scope)
