"""Takes tax returns from preparation to the office's word, one version at a time.

Prepared → checked → approved by another person → written outside → handed in, with its receipt →
accepted or rejected. The file and its hash are fixed when a version is prepared: everything that
follows is about exactly that content. What left the house is recorded by people, never assumed.
"""

from collections.abc import Callable

from sqlmodel import col, select

from vendorops.books import Books, decided
from vendorops.books.withdrawing import withdraw
from vendorops.domain.lifecycle import FilingStatus
from vendorops.paying.declaring import late, release
from vendorops.stages import Step
from vendorops.stages.returns.asking import approval, outcome, submission
from vendorops.stages.returns.checking import CHECKS, check
from vendorops.stages.returns.leaving import rejected, submitted, told, write
from vendorops.tables import Decision, Filing

__all__ = ["CHECKS", "SUBJECT", "advance", "check_now", "ready"]

SUBJECT = Filing
OWNER = "tax"
"""The role that sees to what is refused here."""


def ready(books: Books) -> list[int]:
    """Return versions of which the office has not said the last word, the most urgent first."""
    query = select(Filing.id).where(col(Filing.status).in_([*STEPS]))
    return list(books.session.exec(query.order_by(col(Filing.due_on), col(Filing.id))))


def advance(books: Books, ident: int) -> Step:
    """Take a version one step further.

    Raises what its checks raise; it then stays as it is until somebody has acted.
    """
    filing = books.get(Filing, ident)
    step = STEPS.get(FilingStatus(filing.status))
    if step is None:
        return Step.DONE
    if filing.status in INSIDE and _make_room(books, filing):
        return Step.DONE
    return step(books, filing)


def check_now(books: Books, filing: Filing) -> None:
    """Check a version that is prepared, in the name of who asks for it.

    Whoever checked it does not approve it. Raises what the checks raise.
    """
    check(books, filing)
    if filing.status == FilingStatus.PREPARED:
        filing.checked_by = books.actor
        told_so = f"{len(CHECKS)} checks by {books.actor}"
        books.move(filing, FilingStatus.CHECKED, because=told_so)


def _make_room(books: Books, filing: Filing) -> bool:
    """Let a version go that does not declare everything any more; the next one does."""
    missing = late(books, filing)
    if not missing:
        return False
    because = f"{missing} withholdings came after it was prepared"
    withdraw(books, filing, because)
    books.move(filing, FilingStatus.SUPERSEDED, because=because)
    release(books, filing)
    return True


def _prepared(books: Books, filing: Filing) -> Step:
    check_now(books, filing)
    return Step.AGAIN


def _checked(books: Books, filing: Filing) -> Step:
    decision = decided(books, approval(books, filing))
    if decision is None:
        return Step.WAITING
    if decision.answer == "reject":
        rejected(books, filing, _by(decision))
        return Step.DONE
    filing.approved_by = decision.answered_by
    books.move(filing, FilingStatus.APPROVED, because=_by(decision))
    return Step.AGAIN


def _approved(books: Books, filing: Filing) -> Step:
    check(books, filing)
    write(books, filing)
    return Step.AGAIN


def _written(books: Books, filing: Filing) -> Step:
    decision = decided(books, submission(books, filing))
    if decision is None:
        return Step.WAITING
    if decision.answer == "reject":
        rejected(books, filing, _by(decision))
        return Step.DONE
    submitted(books, filing, decision)
    return Step.AGAIN


def _submitted(books: Books, filing: Filing) -> Step:
    decision = decided(books, outcome(books, filing))
    if decision is None:
        return Step.WAITING
    told(books, filing, decision)
    return Step.DONE


def _by(decision: Decision) -> str:
    return f"{decision.reference} by {decision.answered_by}"


INSIDE = (FilingStatus.PREPARED, FilingStatus.CHECKED, FilingStatus.APPROVED)
"""States in which nobody outside can have the file, so that another version may take its place."""
STEPS: dict[FilingStatus, Callable[[Books, Filing], Step]] = {
    FilingStatus.PREPARED: _prepared,
    FilingStatus.CHECKED: _checked,
    FilingStatus.APPROVED: _approved,
    FilingStatus.WRITTEN: _written,
    FilingStatus.SUBMITTED: _submitted,
}
