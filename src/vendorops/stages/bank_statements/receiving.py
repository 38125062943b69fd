"""Takes in a file of a bank: kept as it is, once, and read later."""

from hashlib import sha256
from pathlib import PurePosixPath

from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.documents import keep
from vendorops.domain.refusal import Refused
from vendorops.tables import BankFile

LARGEST = 50 * 2**20
LONGEST_NAME = 120
SUFFIXES = frozenset({".xml", ".csv"})


class NotTaken(Refused):
    """The file is not even kept."""


def receive(books: Books, data: bytes, name: str) -> BankFile:
    """Keep a file that came under a name; the same content again is the same row."""
    if not data:
        raise NotTaken("the file is empty; export it again")
    if len(data) > LARGEST:
        raise NotTaken(f"the file has more than {LARGEST} bytes; export a shorter period")
    log.lock(books.session)  # Two deliveries of one file must not both find it new.
    digest = sha256(data).hexdigest()
    query = select(BankFile).where(col(BankFile.sha256) == digest)
    known = books.session.exec(query).one_or_none()
    if known:
        return known
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter if letter.isprintable() else "?" for letter in last)
    suffix = PurePosixPath(shown).suffix.lower()
    kept_as = suffix if suffix in SUFFIXES else ""
    return books.enter(
        BankFile(
            id=books.key(),
            reference=books.reference("BKF"),
            sha256=keep(books, data, "file received from a bank", kept_as),
            name=shown[-LONGEST_NAME:] or "unnamed",
            size=len(data),
            received_on=books.as_of,
            received_by=books.actor,
        ),
        because=f"received, {len(data)} bytes",
    )
