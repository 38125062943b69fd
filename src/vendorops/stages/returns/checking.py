"""What must hold of a version before anybody approves it, and again before it is written."""

from hashlib import sha256

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents import kept
from vendorops.documents.filing_sheets import filing_sheets_again
from vendorops.documents.information_returns import has_statements
from vendorops.documents.own_files import own_file_again
from vendorops.documents.statements import filing_hashes
from vendorops.documents.tax_returns import is_report
from vendorops.domain.lifecycle import FilingStatus
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.paying.declaring import (
    IN_FORCE,
    declarable,
    duty_of,
    refuse_other_than_ledger,
)
from vendorops.paying.information_returns import refuse_other_than_paid
from vendorops.paying.reported_payments import refuse_other_than_sent
from vendorops.tables import Filing, FilingReceipt


class TotalDiffers(Refused):
    """A version does not add up to what it declares."""


class FileDiffers(Refused):
    """What a version rests on was changed since it was prepared."""


class RejectedBefore(Refused):
    """The office rejected exactly this content before."""


class CorrectsNothing(Refused):
    """A version corrects one that the office does not have any more."""


def equals_the_ledger(books: Books, filing: Filing) -> str:
    """Return that a version declares what the ledger has; raises LedgerDiffers, TotalDiffers."""
    duty = duty_of(filing)
    declared = declarable(books, filing.legal_entity_id, duty)
    refuse_other_than_ledger(books, filing.legal_entity_id, duty, declared)
    total = Money(sum(row.minor for row in declared), filing.currency)
    says = Money(filing.total_minor, filing.currency)
    if (total, len(declared)) != (says, filing.rows):
        raise TotalDiffers(
            f"E_FILING_TOTAL: {filing.reference} declares {says} in {filing.rows} rows, but "
            f"{total} in {len(declared)} rows is to be declared; prepare it again"
        )
    return f"{says} in {filing.rows} rows, as the ledger has it"


def is_the_file_kept(books: Books, filing: Filing) -> str:
    """Return that a version, written anew from its rows, is the file that was kept.

    Raises FileDiffers, PayeeUnidentified and PayeeTwice.
    """
    files = {"form": (filing.file_sha256, own_file_again(books, filing))}
    files |= filing_sheets_again(books, filing)
    for name, (then, data) in files.items():
        now = sha256(data).hexdigest()
        if now != then or len(kept(books, then)) != len(data):
            raise FileDiffers(
                f"E_FILING_FILE: the {name} of {filing.reference} would be written otherwise "
                f"today than when it was prepared ({then[:12]} then, {now[:12]} now); prepare it "
                f"again: vendorops filing prepare --again {filing.reference}"
            )
    return f"its files are {', '.join(then[:12] for then, _ in files.values())}"


def was_not_rejected_before(books: Books, filing: Filing) -> str:
    """Return that the office has not rejected this content; raises RejectedBefore."""
    query = (
        select(Filing, FilingReceipt.words)
        .join(FilingReceipt, col(FilingReceipt.filing_id) == col(Filing.id))
        .where(
            col(FilingReceipt.event) == "rejected",
            col(Filing.status) == FilingStatus.REJECTED,
            col(Filing.legal_entity_id) == filing.legal_entity_id,
            col(Filing.form) == filing.form,
            col(Filing.month) == filing.month,
            col(Filing.file_sha256) == filing.file_sha256,
        )
    )
    says = filing_hashes(books, filing)
    for other, words in books.session.exec(query.order_by(col(Filing.version))):
        if filing_hashes(books, other) == says:
            raise RejectedBefore(
                f"E_FILING_REJECTED_BEFORE: {filing.reference} says what {other.reference} said, "
                f"which the office rejected: {words}. Correct what it objects to, then prepare it "
                f"again: vendorops filing prepare --again {filing.reference}"
            )
    return "the office has not rejected this content"


def tells_of_each_payee_what_the_ledger_has(books: Books, filing: Filing) -> str:
    """Return that statements of single payees are what settlements booked.

    Raises LedgerDiffers, and CorrectsNothing where the office has not what they correct.
    """
    if not has_statements(filing):
        return "it has no statements of single payees"
    refuse_other_than_paid(books, filing)
    amends = books.get(Filing, filing.amends_id) if filing.amends_id else None
    if amends and amends.status not in IN_FORCE:
        raise CorrectsNothing(
            f"E_FILING_CORRECTS: {filing.reference} tells what differs from {amends.reference}, "
            f"which is {amends.status}; prepare it again: vendorops filing prepare --again "
            f"{filing.reference}"
        )
    return "each statement is what the ledger has of the payee"


def reports_what_was_paid(books: Books, filing: Filing) -> str:
    """Return that a report rests on payments as the ledger has them; raises LedgerDiffers."""
    if not is_report(filing):
        return "it is no report of payments"
    return f"{refuse_other_than_sent(books, filing)} payments, as the ledger has them"


CHECKS = (
    equals_the_ledger,
    is_the_file_kept,
    was_not_rejected_before,
    tells_of_each_payee_what_the_ledger_has,
    reports_what_was_paid,
)


def check(books: Books, filing: Filing) -> list[str]:
    """Return what the checks found in order; the first that finds something wrong refuses."""
    return [each(books, filing) for each in CHECKS]
