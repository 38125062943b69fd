"""Meetings with candidates: proposed by us, confirmed by the supplier, held or missed."""

from datetime import UTC, datetime

from vendorops.books import Books, log
from vendorops.books.moments import day_of, latest
from vendorops.documents.forms import read_form
from vendorops.domain.lifecycle import InterviewStatus, SubmissionStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import Interview, Submission, Supplier
from vendorops.working.sourcing.finding import interviews_of
from vendorops.working.sourcing.forms import InterviewForm
from vendorops.working.sourcing.rights import (
    refuse_no_buyer,
    refuse_no_supplier,
    refuse_not_ours,
)
from vendorops.working.sourcing.states import OPEN_INTERVIEWS, refuse_unless

MEETABLE = (SubmissionStatus.SHORTLISTED, SubmissionStatus.INTERVIEWING)


class NotMeetable(Refused):
    """The meeting cannot be as it was given."""


def propose_interview(books: Books, data: bytes) -> Interview:
    """Propose to meet a candidate who was shortlisted."""
    form = read_form(data, InterviewForm, "the interview")
    log.lock(books.session)
    refuse_no_buyer(books, "propose interviews")
    submission = books.named(Submission, form.submission)
    refuse_unless(submission, MEETABLE, "interviewed")
    row = _row(books, submission, form)
    because = f"round {row.round} with {submission.reference}"
    books.enter(row, because=because)
    if submission.status == SubmissionStatus.SHORTLISTED:
        submission.interviewing_at = row.proposed_at
        books.move(submission, SubmissionStatus.INTERVIEWING, because=row.reference)
    return row


def confirm(books: Books, interview: str) -> Interview:
    """Confirm a meeting for the candidate, by the supplier's word."""
    log.lock(books.session)
    row = books.named(Interview, interview)
    supplier = _supplier(books, row)
    refuse_no_supplier(books, supplier, "confirm interviews of its candidates")
    refuse_unless(row, (InterviewStatus.PROPOSED,), "confirmed")
    row.confirmed_at, row.confirmed_by = latest(books), books.actor
    books.move(row, InterviewStatus.CONFIRMED, because=f"confirmed by {books.actor}")
    return row


def hold(books: Books, interview: str, note: str) -> Interview:
    """Note that a meeting took place, and what came of it."""
    return _over(books, interview, InterviewStatus.DONE, note)


def miss(books: Books, interview: str, note: str) -> Interview:
    """Note that the candidate did not come."""
    return _over(books, interview, InterviewStatus.NO_SHOW, note)


def cancel_interview(books: Books, interview: str, note: str) -> Interview:
    """Call a meeting off: either side may, and says why."""
    log.lock(books.session)
    row = books.named(Interview, interview)
    refuse_no_supplier(books, _supplier(books, row), "cancel interviews of its candidates")
    refuse_unless(row, OPEN_INTERVIEWS, "cancelled")
    return _end(books, row, InterviewStatus.CANCELLED, note)


def _row(books: Books, submission: Submission, form: InterviewForm) -> Interview:
    starts = datetime.fromisoformat(form.starts_at).astimezone(UTC)
    ends = datetime.fromisoformat(form.ends_at).astimezone(UTC)
    if ends <= starts:
        raise NotMeetable("ends_at: the meeting must end after it starts; correct the times")
    if day_of(books, starts) < books.as_of:
        raise NotMeetable(f"starts_at: {form.starts_at} is past; propose a time to come")
    for number, handle in enumerate(form.panel, start=1):
        refuse_not_ours(books, handle, f"panel {number}")
    return Interview(
        id=books.key(),
        reference=books.reference("ITV"),
        submission_id=submission.id,
        round=len(interviews_of(books, submission)) + 1,
        starts_at=starts,
        ends_at=ends,
        panel=" ".join(dict.fromkeys(form.panel)),
        where=form.where,
        proposed_by=books.actor,
        proposed_at=latest(books),
    )


def _over(books: Books, interview: str, after: InterviewStatus, note: str) -> Interview:
    log.lock(books.session)
    refuse_no_buyer(books, "say how an interview went")
    row = books.named(Interview, interview)
    refuse_unless(row, (InterviewStatus.CONFIRMED,), f"said to be {after}")
    if books.as_of < day_of(books, row.starts_at):
        raise NotMeetable(
            f"{row.reference} is on {day_of(books, row.starts_at)}, which has not come yet;"
            " cancel it if it will not take place"
        )
    return _end(books, row, after, note)


def _end(books: Books, row: Interview, after: InterviewStatus, note: str) -> Interview:
    row.ended_at, row.ended_by, row.note = latest(books), books.actor, note
    books.move(row, after, because=note)
    return row


def _supplier(books: Books, row: Interview) -> Supplier:
    return books.get(Supplier, books.get(Submission, row.submission_id).supplier_id)
