"""ZIP archives: every claim of the directory is checked before a byte is unpacked.

The format is APPNOTE 6.3; the tricks are those of published attacks: bombs, overlapping members,
paths that leave the folder, links, and two names that a file system takes for one.
"""

import stat
import unicodedata
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from vendorops.gateways.containers.limits import (
    LONGEST_NAME,
    MOST_MEMBERS,
    RATIO,
    SMALL,
    UNPACKED,
    EmptyContainer,
    UnsafeContainer,
    shown,
)

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
END, END_SIZE, END_WITHIN = b"PK\x05\x06", 22, 22 + 2**16
LARGEST_DIRECTORY = 2**20
"""Bytes; a hundred members take a tenth of it."""
ENCRYPTED = 0x1
LOCAL_HEAD = 30
"""Bytes of a member's head without its name (APPNOTE 4.3.7)."""
LEFT = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
"""What file systems leave in archives; nobody sent it."""


def recognises(data: bytes, name: str) -> bool:  # noqa: ARG001 - the content says enough.
    """Tell by a cheap look whether a file is an archive."""
    return data.startswith(MAGIC)


def listed(data: bytes) -> dict[str, Any]:
    """Return members and what is skipped; refused where opening the archive could do harm."""
    members = _members(data)
    skipped = [shown(info.filename) for info in _all(data) if _left(info)]
    if not members:
        raise EmptyContainer("E_ZIP_EMPTY: the archive holds no file; send the files")
    told = [
        {"name": shown(info.filename, LONGEST_NAME), "size": info.file_size} for info in members
    ]
    return {"members": told, "skipped": skipped}


def member(data: bytes, at: int) -> bytes:
    """Return the content of one member."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return archive.read(_members(data)[at])
    except (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise _broken() from error


def _members(data: bytes) -> list[ZipInfo]:
    return [info for info in _all(data) if not info.is_dir() and not _left(info)]


def _all(data: bytes) -> list[ZipInfo]:
    _check_directory(data)
    try:
        with ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
    except (BadZipFile, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise _broken() from error
    _check_count(len(infos))
    for info in infos:
        _check_path(info)
        _check_kind(info)
        _check_size(info)
    _check_together(infos)
    return infos


def _check_directory(data: bytes) -> None:
    """Refuse a directory too long to be read at all, before it is read."""
    end = data.rfind(END, -END_WITHIN)
    if end < 0 or len(data) < end + END_SIZE:
        raise _broken()
    _check_count(int.from_bytes(data[end + 10 : end + 12], "little"))
    if int.from_bytes(data[end + 12 : end + 16], "little") > LARGEST_DIRECTORY:
        raise UnsafeContainer.because("E_ZIP_LIMIT", "its directory is too long; send fewer files")


def _check_count(count: int) -> None:
    if count > MOST_MEMBERS:
        raise UnsafeContainer.because(
            "E_ZIP_LIMIT", f"the archive holds {count} members, more than {MOST_MEMBERS}; split it"
        )


def _check_path(info: ZipInfo) -> None:
    """Refuse a name that could be written outside the folder it is unpacked in."""
    name = info.orig_filename
    parts = name.replace("\\", "/").split("/")
    unsafe = (
        "\0" in name
        or "\\" in name
        or name.startswith("/")
        or ".." in parts
        or ":" in parts[0]
        or len(name) > LONGEST_NAME
    )
    if unsafe or not name.strip("/"):
        raise UnsafeContainer.because(
            "E_ZIP_PATH", f"the member {shown(name)!r} has no plain relative name; pack it again"
        )


def _check_kind(info: ZipInfo) -> None:
    """Refuse links and other special files, passwords, and packings that nobody needs."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise UnsafeContainer.because(
            "E_ZIP_LINK", f"the member {shown(info.filename)!r} is a link or device; send the file"
        )
    if info.flag_bits & ENCRYPTED:
        raise UnsafeContainer.because(
            "E_ZIP_LOCKED", "the archive asks for a password; pack it again without one"
        )
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise UnsafeContainer.because(
            "E_ZIP_METHOD", f"the member {shown(info.filename)!r} is packed in a rare way; use ZIP"
        )


def _check_size(info: ZipInfo) -> None:
    if info.file_size > SMALL and info.file_size > RATIO * info.compress_size:
        raise UnsafeContainer.because(
            "E_ZIP_LIMIT",
            f"the member {shown(info.filename)!r} unpacks to more than {RATIO} times its size",
        )


def _check_together(infos: list[ZipInfo]) -> None:
    """Refuse members that are too large together, share bytes, or have one name on some disks."""
    unpacked = sum(info.file_size for info in infos)
    if unpacked > UNPACKED:
        raise UnsafeContainer.because(
            "E_ZIP_LIMIT",
            f"the archive unpacks to {unpacked} bytes, more than {UNPACKED}; split it",
        )
    names = [unicodedata.normalize("NFKC", info.filename).casefold().rstrip("/") for info in infos]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise UnsafeContainer.because(
            "E_ZIP_CLASH", f"two members are called {shown(twice)!r}; give each its own name"
        )
    places = sorted((info.header_offset, _least_end(info)) for info in infos)
    if any(end > start for (_, end), (start, _) in pairwise(places)):
        raise UnsafeContainer.because(
            "E_ZIP_OVERLAP", "members share the same bytes; pack the archive again"
        )


def _least_end(info: ZipInfo) -> int:
    return info.header_offset + LOCAL_HEAD + len(info.orig_filename) + info.compress_size


def _left(info: ZipInfo) -> bool:
    name = info.filename.casefold()
    return name.startswith(LEFT[0]) or name.rpartition("/")[2] in LEFT[1:]


def _broken() -> UnsafeContainer:
    return UnsafeContainer.because(
        "E_ZIP_BROKEN", "the archive is broken or cut off; pack it again"
    )
