"""Prepares a report of payments as a version that is checked, approved and followed outside."""

from vendorops.books import Books, log
from vendorops.domain.lifecycle import FilingStatus
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.paying.declaring import Duty, versions
from vendorops.stages.filing.preparing import prepare
from vendorops.tables import Filing, LegalEntity

GONE = (FilingStatus.REJECTED, FilingStatus.SUPERSEDED, FilingStatus.AMENDED)


class AlreadyReported(Refused):
    """A version of the report stands, or is underway."""


def prepare_report(
    books: Books, entity: LegalEntity, of: tuple[str, str], period: Period
) -> Filing:
    """Enter the first version of the report of a place and form, or the one after a rejection.

    Raises AlreadyReported, and NotReported where nobody asks for it or it is not over.
    """
    log.lock(books.session)
    place, form = of
    duty = Duty(Period.month_before(period.end).label, place, form)
    for row in versions(books, entity.id, duty):
        if row.status not in GONE:
            raise AlreadyReported(
                f"{row.reference} is {row.status} and is this report; go on with it, prepare it "
                "anew with vendorops filing prepare --again, or amend it once it was handed in"
            )
    return prepare(books, entity, duty)
