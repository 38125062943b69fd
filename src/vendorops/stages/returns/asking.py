"""What people are asked about a version of a return: approval, handing in, the office's word."""

from datetime import date

from vendorops.books import Books, Question
from vendorops.documents.statements import filing_statement
from vendorops.documents.tax_returns import is_report
from vendorops.domain.money import Money
from vendorops.tables import Filing, LegalEntity

APPROVAL, SUBMISSION, OUTCOME = "filing", "filing_submission", "filing_outcome"
"""Kinds of question, which the approval matrix may ask for."""
DUE_DAYS = 5
"""A person has this long to look at a return, if the law leaves it."""
OUTCOME_DAYS = 15
"""After so many days somebody asks what the office said."""


def approval(books: Books, filing: Filing) -> Question:
    """Return what is asked of somebody who neither prepared nor checked the version."""
    amends = ""
    if filing.amends_id:
        amends = f" It takes the place of {books.get(Filing, filing.amends_id).reference}."
    return Question(
        kind=APPROVAL,
        subject=filing,
        content=filing_statement(books, filing),
        sentence=f"Hand in {_told(books, filing)}, due on {filing.due_on}?{amends}",
        role="tax",
        due_days=_days_left(filing.due_on, filing.prepared_on),
        amount=Money(filing.total_minor, filing.currency),
        place=filing.place,
        not_by=tuple(filter(None, (filing.prepared_by, filing.checked_by))),
    )


def submission(books: Books, filing: Filing) -> Question:
    """Return what is asked of whoever hands the file in: the receipt, or that it was not."""
    return Question(
        kind=SUBMISSION,
        subject=filing,
        content={"filing": filing.reference, "file_sha256": filing.file_sha256},
        sentence=(
            f"{_told(books, filing)} lies in the outgoing folder, due on {filing.due_on}. Was it "
            f"handed in? Approve with --detail receipt=NUMBER; reject if it was not and another "
            "version is to be made."
        ),
        role="tax",
        due_days=_days_left(filing.due_on, books.as_of),
        amount=Money(filing.total_minor, filing.currency),
        place=filing.place,
    )


def outcome(books: Books, filing: Filing) -> Question:
    """Return what is asked once the file was handed in: what the office said of it."""
    return Question(
        kind=OUTCOME,
        subject=filing,
        content={"handed_in": filing.reference, "file_sha256": filing.file_sha256},
        sentence=(
            f"Has the office accepted {_told(books, filing)}? Reject with the reason that it "
            "gave; another version is then prepared."
        ),
        role="tax",
        due_days=OUTCOME_DAYS,
        amount=Money(filing.total_minor, filing.currency),
        place=filing.place,
    )


def _told(books: Books, filing: Filing) -> str:
    entity = books.get(LegalEntity, filing.legal_entity_id)
    version = f", version {filing.version}" if filing.version > 1 else ""
    says = "what was paid, and to whom" if is_report(filing) else _declares(filing)
    return (
        f"{filing.reference}, {filing.form} of {entity.code} for {filing.month}{version}: {says}"
    )


def _declares(filing: Filing) -> str:
    total = Money(filing.total_minor, filing.currency)
    return f"{filing.rows} withholdings of {total} in all"


def _days_left(due: date, today: date) -> int:
    return min(DUE_DAYS, max(0, (due - today).days))
