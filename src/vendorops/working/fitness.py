"""Refuses work that a supplier could not or may not have done."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.qualifying import gaps
from vendorops.books.standing import STOPPED, WORKING, stopped_since
from vendorops.domain.lifecycle import ContractStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import Contract, Person, Qualification, Supplier

IN_FORCE = (ContractStatus.EFFECTIVE, ContractStatus.EXPIRED, ContractStatus.TERMINATED)
"""Work done in time may be reported after the contract has run out or was ended."""


class NotSubmittable(Refused):
    """The sheet cannot be entered as it stands."""


def first_lines(days: Sequence[date]) -> dict[date, int]:
    """Return each day with the number of the first line it stands on."""
    found: dict[date, int] = {}
    for number, day in enumerate(days, start=1):
        found.setdefault(day, number)
    return found


def refuse_unfit(
    books: Books, contract: Contract, submitted_by: str, days: Sequence[date]
) -> None:
    """Refuse work under a contract not in force, of a stopped supplier, or of days to come."""
    if contract.status not in IN_FORCE:
        raise NotSubmittable(
            f"{contract.reference} is {contract.status}, not effective;"
            " have it signed before work is reported under it"
        )
    supplier = books.get(Supplier, contract.supplier_id)
    if supplier.status not in (*WORKING, *STOPPED):
        raise NotSubmittable(
            f"{supplier.reference} is {supplier.status} and may not work;"
            " have the supplier qualified again first"
        )
    known = select(Person).where(col(Person.handle) == submitted_by)
    if books.session.exec(known).one_or_none() is None:
        raise NotSubmittable(
            f"submitted_by: nobody is known as {submitted_by!r}; use the handle of a person"
        )
    if not days:
        raise NotSubmittable("the sheet has no lines; report at least one piece of work")
    for day, number in first_lines(days).items():
        stopped = stopped_since(books, supplier, day)
        if stopped:
            raise NotSubmittable(
                f"line {number}: {supplier.reference} was stopped on {stopped} and may not work "
                f"after it, as on {day}; only work done until then is paid"
            )
        if day > books.as_of:
            raise NotSubmittable(
                f"line {number}: {day} has not come yet; report work once it is done"
            )
    _refuse_unqualified(books, contract, days)


def _refuse_unqualified(books: Books, contract: Contract, days: Sequence[date]) -> None:
    """Refuse work of days on which the supplier's approval for the program had run out."""
    case = books.get(Qualification, contract.qualification_id)
    off = gaps(books, case)
    for day, number in first_lines(days).items():
        for gap in (gap for gap in off if gap.covers(day)):
            raise NotSubmittable(
                f"line {number}: {case.reference} held until {gap.since} only, and its supplier "
                f"may not work after it, as on {day}; have it apply anew"
            )
