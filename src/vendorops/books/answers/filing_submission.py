"""That a return was handed in: the answer carries the receipt, and none counts twice there."""

from collections.abc import Mapping

from sqlmodel import col, select

from vendorops.books.answers._given import Given
from vendorops.books.answers._receipt import NoReceipt, receipt
from vendorops.books.unit import Books
from vendorops.tables import Decision, Filing, FilingReceipt


def checked(books: Books, decision: Decision, given: Given) -> Mapping[str, object]:
    """Return receipt, day and evidence; nothing of an answer that it was not handed in."""
    if not given.approves:
        return {}
    filing = books.get(Filing, decision.subject_id)
    found = receipt(books, filing, given)
    if "receipt" not in found:
        raise NoReceipt(
            f"E_FILING_NO_RECEIPT: {decision.reference} asks for the number on the receipt of "
            f"{filing.reference}; give it with --detail receipt=NUMBER, or use vendorops filing "
            "submit"
        )
    refuse_known(books, filing, str(found["receipt"]))
    return found


def refuse_known(books: Books, filing: Filing, number: str) -> None:
    """Refuse a receipt that was recorded for another return of the company in the place.

    Every office counts by itself, so elsewhere the same number is another receipt. Two answers
    may bring one number before either was acted on, so it is looked again then. Raises NoReceipt.
    """
    query = (
        select(Filing.reference)
        .join(FilingReceipt, col(FilingReceipt.filing_id) == col(Filing.id))
        .where(
            col(FilingReceipt.event) == "submitted",
            col(FilingReceipt.legal_entity_id) == filing.legal_entity_id,
            col(FilingReceipt.place) == filing.place,
            col(FilingReceipt.number) == number,
        )
    )
    known = books.session.exec(query).first()
    if known:
        raise NoReceipt(
            f"E_FILING_RECEIPT_KNOWN: receipt {number} was recorded for {known}; look which "
            f"return it is of, and whether {filing.reference} was handed in at all. An answer "
            "given already is corrected by vendorops decide --correct"
        )
