"""The ZIP of an OFD file, opened under limits: parts are read by name, nothing is unpacked."""

import struct
import zlib
from io import BytesIO
from posixpath import dirname, join, normpath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from vendorops.domain.refusal import Refused

LARGEST = 50 * 2**20
"""Bytes of the whole file."""
LARGEST_PART = 10 * 2**20
"""Bytes of one part once unpacked; the data of an invoice has some ten thousand."""
LARGEST_TOGETHER = 20 * 2**20
"""Bytes of all parts that are read, once unpacked."""
MOST_PARTS = 2000
PART_MARK = b"PK\x01\x02"
ENCRYPTED = 0x1
BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, struct.error)
"""What the library raises on a ZIP that is none, or contradicts itself."""


class UnsafeOfd(Refused):
    """The container is broken, too large, encrypted, or names its parts as no OFD does."""


class Package:
    """The parts of an OFD by their names."""

    def __init__(self, data: bytes) -> None:
        """Open the container; refused when any part of it has a name or size that none needs."""
        if len(data) > LARGEST or data.count(PART_MARK) > MOST_PARTS:
            raise UnsafeOfd(
                f"the OFD has more than {MOST_PARTS} parts or {LARGEST} bytes; split it"
            )
        self._read = 0
        try:
            self._zip = ZipFile(BytesIO(data))
            self._parts = _named(self._zip.infolist())
        except BROKEN as error:
            raise _broken() from error

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def read(self, name: str) -> bytes:
        """Return one part; refused when it is not there, encrypted, or larger than it may be.

        Parts read before count as well: many large ones are as bad as one.
        """
        part = self._parts.get(name)
        if part is None:
            raise UnsafeOfd(f"the OFD has no part {name[:60]!r}, which it names; export it again")
        if part.flag_bits & ENCRYPTED or part.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise UnsafeOfd("a part of the OFD is encrypted or packed unusually; export it again")
        try:
            with self._zip.open(part) as file:
                content = file.read(LARGEST_PART + 1)
        except BROKEN as error:
            raise _broken() from error
        self._read += len(content)
        if len(content) > LARGEST_PART or self._read > LARGEST_TOGETHER:
            raise UnsafeOfd(
                f"the OFD unpacks to more than {LARGEST_PART} bytes in a part, or"
                f" {LARGEST_TOGETHER} together; send the invoice alone"
            )
        return content

    def beside(self, name: str, location: str) -> str:
        """Return the name of the part that another one points to, relative or from the top."""
        return (
            _plain(location) if location.startswith("/") else _plain(join(dirname(name), location))
        )


def _named(infos: list[ZipInfo]) -> dict[str, ZipInfo]:
    files = [info for info in infos if not info.filename.endswith("/")]
    parts = {_plain(info.filename): info for info in files}
    if len(parts) != len(files):
        raise UnsafeOfd("two parts of the OFD have one name; export it again")
    return parts


def _plain(name: str) -> str:
    """Return a name from the top of the container; refused when it leads out of it."""
    plain = normpath(name.replace("\\", "/").lstrip("/"))
    if plain.startswith("..") or "\0" in plain or ":" in plain:
        raise UnsafeOfd(f"the OFD names a part outside of itself: {name[:60]!r}; export it again")
    return plain


def _broken() -> UnsafeOfd:
    return UnsafeOfd("the OFD is no readable ZIP file; export it again")
