"""Tells on which days a supplier was qualified for a program: approval runs out.

As with standing, what ends is what is new: work of the days before is accepted, settled and paid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from vendorops.books.unit import Books
from vendorops.domain.lifecycle import QualificationStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import Event, Qualification


class NotQualified(Refused):
    """The supplier is not qualified today for what is to be agreed, or was not on a day."""


@dataclass(frozen=True)
class Gap:
    """Days on which a supplier was not qualified."""

    since: date
    until: date | None
    """First day on which it was again."""

    def covers(self, day: date) -> bool:
        """Tell whether a day lies within."""
        return self.since <= day and (self.until is None or day < self.until)


def has_ended(books: Books, case: Qualification) -> bool:
    """Tell whether an approval ran out, also before anybody noted it."""
    if case.status == QualificationStatus.APPROVED:
        return case.valid_to is not None and case.valid_to <= books.as_of
    return case.status == QualificationStatus.EXPIRED


def expire(books: Books, case: Qualification) -> None:
    """Note that an approval ran out; the supplier applies anew."""
    books.move(case, QualificationStatus.EXPIRED, because=f"it held until {case.valid_to}")


def refuse_unqualified(books: Books, case: Qualification) -> None:
    """Refuse what is new under a case that is not approved, or whose approval ran out."""
    if case.status == QualificationStatus.APPROVED and not has_ended(books, case):
        return
    held = f"held until {case.valid_to} only" if has_ended(books, case) else f"is {case.status}"
    raise NotQualified(
        f"{case.reference} {held}: nothing new is agreed until its supplier has applied anew and "
        "was approved; what it is owed is paid all the same"
    )


def gaps(books: Books, case: Qualification) -> Sequence[Gap]:
    """Return on which days a supplier was not qualified after it once was, oldest first."""
    found: list[Gap] = []
    since: date | None = None
    for after, moved_on in _moves(books, case):
        if after == QualificationStatus.EXPIRED:
            since = since or moved_on
        elif after == QualificationStatus.APPROVED and since:
            found.append(Gap(since, moved_on))
            since = None
    if has_ended(books, case):
        since = min(filter(None, (since, case.valid_to)), default=None)
    return [*found, Gap(since, None)] if since else found


def _moves(books: Books, case: Qualification) -> list[tuple[str, date]]:
    query = select(Event).where(
        col(Event.subject_table) == Qualification.__name__.lower(),
        col(Event.subject_id) == case.id,
        col(Event.action) == "moved",
    )
    happened = books.session.exec(query.order_by(col(Event.seq)))
    return [(event.after, event.business_day) for event in happened]
