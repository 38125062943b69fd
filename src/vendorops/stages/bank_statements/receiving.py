"""Takes in a file of a bank: kept as it is, once, and read later."""

from hashlib import sha256
from pathlib import PurePosixPath

from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.documents import keep
from vendorops.domain.lifecycle import BankFileStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import BankFile

LARGEST = 50 * 2**20
LONGEST_NAME = 120
SUFFIXES = frozenset({".xml", ".csv"})


class NotTaken(Refused):
    """The file is not even kept."""


def receive(books: Books, data: bytes, name: str, bank_account_id: int | None = None) -> BankFile:
    """Keep a file that came under a name; the same content again is the same row.

    One that was refused before is read again: what was missing then may be there now.
    `bank_account_id` is of which account it is, where the person who hands it in says so.
    """
    if not data:
        raise NotTaken("the file is empty; export it again")
    if len(data) > LARGEST:
        raise NotTaken(f"the file has more than {LARGEST} bytes; export a shorter period")
    log.lock(books.session)  # Two deliveries of one file must not both find it new.
    digest = sha256(data).hexdigest()
    query = select(BankFile).where(col(BankFile.sha256) == digest)
    known = books.session.exec(query).one_or_none()
    if known:
        return _again(books, known, bank_account_id)
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
            bank_account_id=bank_account_id,
        ),
        because=f"received, {len(data)} bytes",
    )


def _again(books: Books, file: BankFile, bank_account_id: int | None) -> BankFile:
    if file.status == BankFileStatus.REJECTED:
        file.bank_account_id = bank_account_id or file.bank_account_id
        books.move(file, BankFileStatus.RECEIVED, because=f"handed in again by {books.actor}")
    return file
