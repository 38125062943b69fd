"""What answers about returns bring: the number, day and picture of what an office gave."""

import re

from sqlmodel import col, select

from vendorops.books.answers._given import Given
from vendorops.books.unit import Books
from vendorops.domain.periods import iso_day
from vendorops.domain.refusal import Refused
from vendorops.tables import Filing, StoredDocument

NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z ./_-]{2,63}", re.ASCII)
KNOWN = ("receipt", "on", "evidence")


class NoReceipt(Refused):
    """What was given is no receipt of the return."""


def receipt(books: Books, filing: Filing, given: Given) -> dict[str, object]:
    """Return receipt number, day and evidence, as far as they were given.

    Raises NoReceipt for a number that is none, for a day before the version was prepared or after
    today, and for evidence that the document store does not hold.
    """
    stray = sorted(set(given.detail) - set(KNOWN))
    if stray:
        raise NoReceipt(
            f"E_FILING_RECEIPT: {', '.join(stray)} is not asked; give {', '.join(KNOWN)}"
        )
    number, on, evidence = (given.text(name) for name in KNOWN)
    if number and not NUMBER.fullmatch(number):
        raise NoReceipt(
            "E_FILING_RECEIPT: a receipt number has 3 to 64 letters, digits and ' ./_-'; give the "
            "number as the office shows it"
        )
    if on and not filing.prepared_on <= iso_day(on) <= books.as_of:
        raise NoReceipt(
            f"E_FILING_RECEIPT_DAY: {filing.reference} was prepared on {filing.prepared_on} and "
            f"today is {books.as_of}; it was not handed in or answered on {on}"
        )
    if evidence and not _is_kept(books, evidence):
        raise NoReceipt(
            "E_FILING_RECEIPT_EVIDENCE: no such document is kept; give the file with vendorops "
            "filing submit --file"
        )
    found = dict(zip(KNOWN, (number, on, evidence), strict=True))
    return {name: value for name, value in found.items() if value}


def _is_kept(books: Books, sha256: str) -> bool:
    query = select(StoredDocument.id).where(col(StoredDocument.sha256) == sha256)
    return books.session.exec(query).first() is not None
