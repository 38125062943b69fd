"""Takes in whatever file a supplier sends: kept as it is, once, and read later."""

from hashlib import sha256
from pathlib import PurePosixPath

from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.documents import keep
from vendorops.domain.lifecycle import ReceivedFileStatus
from vendorops.domain.refusal import Refused
from vendorops.stages.intake.reviewing import read_again
from vendorops.tables import ReceivedFile, Supplier

LARGEST = 50 * 2**20
"""Bytes; what no format here would read anyway."""
LONGEST_NAME = 120
SUFFIXES = frozenset(
    {".xml", ".pdf", ".csv", ".tsv", ".xlsx", ".xls", ".ods", ".ofd", ".zip", ".eml"}
)
"""Kinds under which a file is kept; any other is kept without one."""
OPEN = (ReceivedFileStatus.RECEIVED, ReceivedFileStatus.IN_REVIEW)


class NotTaken(Refused):
    """The file is not even kept."""


def receive(books: Books, data: bytes, name: str, supplier_id: int | None = None) -> ReceivedFile:
    """Keep a file that came under a name; the same content again is the same row.

    `supplier_id` is whose file it is, where the person who hands it in says so; said later, it is
    added as long as nothing was booked. Nothing is read yet: the stage does that, and `status` of
    the row tells what became of it.
    """
    if not data:
        raise NotTaken("the file is empty; send it again")
    if len(data) > LARGEST:
        raise NotTaken(
            f"the file has {len(data)} bytes, more than the {LARGEST} we take; split it"
        )
    return keep_file(books, data, name, supplier_id)


def keep_file(books: Books, data: bytes, name: str, supplier_id: int | None) -> ReceivedFile:
    """Keep what came in a container as well: empty, it is refused by its name in the next step."""
    log.lock(books.session)  # Two deliveries of one file must not both find it new.
    digest = sha256(data).hexdigest()
    known = select(ReceivedFile).where(col(ReceivedFile.sha256) == digest)
    file = books.session.exec(known).one_or_none()
    if file is None:
        return _enter(books, data, plain_name(name), supplier_id)
    if supplier_id is not None:
        _attribute(books, file, supplier_id)
    return file


def _attribute(books: Books, file: ReceivedFile, supplier_id: int) -> None:
    """Write down whose a known file is; refused where somebody said otherwise before."""
    if file.supplier_id == supplier_id or file.status not in OPEN:
        return
    if file.supplier_id is not None:
        raise NotTaken(
            f"{file.reference} was taken in as another supplier's file; reject it in its review"
        )
    file.supplier_id = supplier_id
    books.session.flush()
    whose = books.get(Supplier, supplier_id).reference
    books.record("attributed", file, f"a file of {whose}, says {books.actor}")
    if file.status == ReceivedFileStatus.IN_REVIEW:
        read_again(books, file, f"it is a file of {whose}; read again")


def _enter(books: Books, data: bytes, name: str, supplier_id: int | None) -> ReceivedFile:
    suffix = PurePosixPath(name).suffix.lower()
    kept_as = suffix if suffix in SUFFIXES else ""
    return books.enter(
        ReceivedFile(
            id=books.key(),
            reference=books.reference("FIL"),
            sha256=keep(books, data, "file received from a supplier", kept_as),
            name=name,
            size=len(data),
            received_on=books.as_of,
            supplier_id=supplier_id,
        ),
        because=f"received, {len(data)} bytes",
    )


def plain_name(name: str) -> str:
    r"""Return the last part of a name, printable and short; it is shown, never opened.

    >>> plain_name("C:\\mail\\in\\INV 1.xml"), plain_name("../../etc/\x1b[2Jpasswd")
    ('INV 1.xml', '?[2Jpasswd')
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter if letter.isprintable() else "?" for letter in last)
    return shown[-LONGEST_NAME:] or "unnamed"
