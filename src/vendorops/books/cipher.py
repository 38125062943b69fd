"""Encrypts secrets, each bound to its row, and makes them findable without being readable.

AES-256-GCM (NIST SP 800-38D) with a 96-bit random nonce; the table, column, row and key are
authenticated, so a ciphertext moved elsewhere does not open. Equal numbers are found by an
HMAC-SHA-256 under a key of its own.
"""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vendorops.domain.refusal import Refused

KEY_BYTES = 32
NONCE_BYTES = 12
OTHERS = 0o077


class KeyUnusable(Refused):
    """The vault's master key is missing, of the wrong length or readable by others."""


class NotTheSealedOne(Exception):  # noqa: N818 - a defect or an attack, named for what happened.
    """A ciphertext was changed, or does not belong to the row it was found on."""


class Binding(NamedTuple):
    """Where a secret belongs; part of what is authenticated."""

    table: str
    column: str
    row_id: int
    key_id: str

    @property
    def aad(self) -> bytes:
        """The additional authenticated data of AES-GCM."""
        return _aad(*self)


class Sealed(NamedTuple):
    """A secret as it may be stored."""

    key_id: str
    nonce: bytes
    ciphertext: bytes


class Cipher:
    """Seals and opens secrets under keys derived from one master key (HKDF, RFC 5869)."""

    def __init__(self, master: bytes) -> None:
        self._aes = AESGCM(_derived(master, b"vendorops/vault/v1"))
        self._index_key = _derived(master, b"vendorops/blind-index/v1")
        self.key_id = sha256(b"vendorops/key-id/v1" + master).hexdigest()[:16]

    def seal(self, plaintext: str, binding: Binding) -> Sealed:
        """Encrypt a text for one row and column; bound to another key it could not be opened."""
        if binding.key_id != self.key_id:
            raise ValueError(f"the binding names key {binding.key_id}, this one is {self.key_id}")
        nonce = os.urandom(NONCE_BYTES)
        ciphertext = self._aes.encrypt(nonce, plaintext.encode(), binding.aad)
        return Sealed(self.key_id, nonce, ciphertext)

    def open(self, sealed: Sealed, binding: Binding) -> str:
        """Decrypt a text; raises NotTheSealedOne if it or its row is not the one sealed."""
        if sealed.key_id != self.key_id:
            raise KeyUnusable(
                f"a secret was sealed under key {sealed.key_id}, the key file is {self.key_id}; "
                "put the right key file in place (VENDOROPS_KEY)"
            )
        try:
            return self._aes.decrypt(sealed.nonce, sealed.ciphertext, binding.aad).decode()
        except InvalidTag:
            where = f"{binding.table}.{binding.column} of row {binding.row_id}"
            raise NotTheSealedOne(f"the vault entry for {where} does not open") from None

    def opener(self, table: str, column: str) -> Callable[[int, str, bytes, bytes], str]:
        """Return what opens secrets of a column, given key of the row, key id, nonce, ciphertext.

        It does what `open` does, in half the time: for thousands of them.
        """
        decrypt, ours = self._aes.decrypt, self.key_id

        def open_one(row_id: int, key_id: str, nonce: bytes, ciphertext: bytes) -> str:
            try:
                if key_id == ours:
                    aad = _aad(table, column, row_id, key_id)
                    return decrypt(nonce, ciphertext, aad).decode()
            except InvalidTag:
                pass  # Tried once more below, which says where it lies.
            sealed = Sealed(key_id, nonce, ciphertext)
            return self.open(sealed, Binding(table, column, row_id, key_id))

        return open_one

    def blind_index(self, canonical: str, scope: str) -> str:
        """Return the keyed hash of a canonical number; scopes never share hashes."""
        mac = hmac.HMAC(self._index_key, hashes.SHA256())
        mac.update(f"{scope}|{canonical}".encode())
        return mac.finalize().hex()


def _aad(table: str, column: str, row_id: int, key_id: str) -> bytes:
    return f"{table}|{column}|{row_id}|{key_id}".encode()


def _derived(master: bytes, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=purpose).derive(master)


def new_master_key(path: Path) -> None:
    """Write a fresh key that only its owner may read; refuses to replace one."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyUnusable(f"{path} exists; a key is never replaced by this command") from None
    with os.fdopen(handle, "wb") as file:
        file.write(os.urandom(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())


def load_master_key(path: Path) -> bytes:
    """Read the key, or refuse one that is missing, of the wrong length or open to others."""
    if not path.is_file():
        raise KeyUnusable(f"there is no vault key at {path}; run vendorops db upgrade to make one")
    if path.stat().st_mode & OTHERS:
        raise KeyUnusable(f"others may read the vault key {path}; run chmod 600 on it")
    master = path.read_bytes()
    if len(master) != KEY_BYTES:
        raise KeyUnusable(f"the vault key {path} has {len(master)} bytes, {KEY_BYTES} are needed")
    return master
