"""Keeps files under the hash of their content: written once, whole, and checked when read."""

import os
import re
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from vendorops.domain.refusal import Refused

DIGEST = re.compile(r"[0-9a-f]{64}")
TOGETHER = 16
"""Files written at the same time: a disk makes many durable as fast as one."""
SUFFIX = re.compile(r"(\.[a-z0-9]{1,8})?")


class DocumentMissing(Refused):
    """No file of that hash is kept."""


class DocumentDamaged(Refused):
    """The bytes on disk are no longer those that were stored."""


class StoreUnavailableError(OSError):
    """The disk would not take a file: full, read-only or gone; an outage that may be retried."""


@dataclass(frozen=True)
class StoredDocument:
    """Where a file lies."""

    sha256: str
    size: int
    """Bytes."""
    path: Path


def _sync(folder: Path) -> None:
    """Make names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(path: Path, data: bytes) -> None:
    """Let a whole file appear under its name, or nothing."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    _sync(path.parent)


@dataclass(frozen=True)
class DocumentStore:
    """A folder of files named by their SHA-256; what people call a file never becomes a path."""

    root: Path

    def _found(self, digest: str) -> Path | None:
        if not DIGEST.fullmatch(digest):
            raise DocumentMissing("a document is asked for by the 64 hex digits of its SHA-256")
        return next(iter(sorted(self._folder(digest).glob(f"{digest}*"))), None)

    def _folder(self, digest: str) -> Path:
        return self.root / digest[:2] / digest[2:4]

    def put(self, data: bytes, suffix: str = "") -> StoredDocument:
        """Keep a file; keeping it again changes nothing, and repairs a damaged copy.

        `suffix` says the kind of the content (`.pdf`), never a part of somebody's file name.
        Raises `StoreUnavailableError` when the disk does not take it; then nothing is kept.
        """
        if not SUFFIX.fullmatch(suffix):
            raise ValueError("a suffix is a dot and up to eight small letters or digits")
        digest = sha256(data).hexdigest()
        try:
            path = self._found(digest) or self._folder(digest) / f"{digest}{suffix}"
            if not (path.exists() and path.read_bytes() == data):
                self._keep(path, data)
        except OSError as error:
            raise StoreUnavailableError(
                error.errno,
                f"the document store cannot keep a file of {len(data)} bytes"
                f" ({error.strerror}); free space or make the folder writable, then try again",
                str(self.root),
            ) from error
        return StoredDocument(sha256=digest, size=len(data), path=path)

    def put_all(self, datas: Iterable[bytes], suffix: str = "") -> None:
        """Keep many new files; the disk is waited for once for all of them, not for each.

        A file that is there is left as it is. Raises as `put` does; then some may be kept.
        """
        named = {sha256(data).hexdigest(): data for data in datas}
        new = {digest: data for digest, data in named.items() if self._found(digest) is None}
        paths = {digest: self._folder(digest) / f"{digest}{suffix}" for digest in new}
        try:
            for path in paths.values():
                path.parent.mkdir(parents=True, exist_ok=True)
            with ThreadPoolExecutor(TOGETHER) as pool:
                list(pool.map(_write, paths.values(), new.values()))
                list(pool.map(_sync, {path.parent.parent for path in paths.values()}))
            if new:
                _sync(self.root)
        except OSError as error:
            raise StoreUnavailableError(
                error.errno,
                f"the document store cannot keep {len(new)} files ({error.strerror}); free space"
                " or make the folder writable, then try again",
                str(self.root),
            ) from error

    def _keep(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, data)
        _sync(path.parent.parent)
        _sync(self.root)

    def path(self, digest: str) -> Path:
        """Return where the file of a hash lies; the content is not looked at."""
        path = self._found(digest)
        if path is None:
            raise DocumentMissing(
                f"document {digest[:12]}… is not in the store; restore the folder from a backup"
            )
        return path

    def get(self, digest: str) -> bytes:
        """Return the file of a hash, or refuse when it is missing or was changed."""
        data = self.path(digest).read_bytes()
        if sha256(data).hexdigest() != digest:
            raise DocumentDamaged(
                f"document {digest[:12]}… was changed or damaged on disk; restore it from a backup"
            )
        return data
