"""What becomes of a candidate before there is an offer: shortlisted, rejected, withdrawn."""

from vendorops.books import Books, log
from vendorops.books.moments import latest
from vendorops.domain.lifecycle import SubmissionStatus
from vendorops.tables import Submission, Supplier
from vendorops.working.sourcing.ending import end_submission
from vendorops.working.sourcing.rights import refuse_no_buyer, refuse_no_supplier
from vendorops.working.sourcing.states import LIVE, refuse_unless


def shortlist(books: Books, submission: str, because: str) -> Submission:
    """Put a candidate on the short list, by a buyer's word."""
    log.lock(books.session)
    refuse_no_buyer(books, "shortlist candidates")
    row = books.named(Submission, submission)
    refuse_unless(row, (SubmissionStatus.SUBMITTED,), "shortlisted")
    row.shortlisted_at = latest(books)
    books.move(row, SubmissionStatus.SHORTLISTED, because=because)
    return row


def reject(books: Books, submission: str, because: str) -> Submission:
    """Reject a candidate, by a buyer's word."""
    log.lock(books.session)
    refuse_no_buyer(books, "reject candidates")
    row = books.named(Submission, submission)
    refuse_unless(row, LIVE, "rejected")
    end_submission(books, row, SubmissionStatus.REJECTED, because)
    return row


def withdraw(books: Books, submission: str, because: str) -> Submission:
    """Take a candidate back, by the supplier's word; others may then propose him."""
    log.lock(books.session)
    row = books.named(Submission, submission)
    refuse_no_supplier(books, books.get(Supplier, row.supplier_id), "withdraw its candidates")
    refuse_unless(row, LIVE, "withdrawn")
    end_submission(books, row, SubmissionStatus.WITHDRAWN, because)
    return row
