"""Finds what a legal entity owes a tax office a first or another version of a return for."""

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from vendorops.books import Books
from vendorops.domain.lifecycle import FilingStatus
from vendorops.domain.periods import Period
from vendorops.paying.declaring import OWED, Duty, duty_for, versions
from vendorops.tables import Contract, Event, Filing, LegalEntity, Settlement, Withholding


def last_month(books: Books) -> str:
    """Return the last month to be filed: the month of the books, once it is over."""
    return min(books.month.label, Period.month_before(books.as_of).label)


def undeclared(books: Books) -> SelectOfScalar[int]:
    """Return a query of legal entities with tax, of months to be filed, that is in no return."""
    return (
        select(Contract.legal_entity_id)
        .join(Settlement, col(Settlement.contract_id) == col(Contract.id))
        .join(Withholding, col(Withholding.settlement_id) == col(Settlement.id))
        .where(
            col(Withholding.status).in_(OWED),
            col(Withholding.filing_id).is_(None),
            col(Withholding.month) <= last_month(books),
        )
    )


def duties(books: Books, entity: LegalEntity) -> list[Duty]:
    """Return the returns of which a legal entity owes a first or another version, oldest first.

    One that a person rejected today is prepared anew on a later day; one whose file lies outside
    waits until somebody has said whether it was handed in.
    """
    query = (
        undeclared(books)
        .where(col(Contract.legal_entity_id) == entity.id)
        .with_only_columns(col(Withholding.place), col(Withholding.tax), col(Withholding.month))
    )
    found = {duty_for(*row) for row in books.session.execute(query.distinct())}
    return [
        duty
        for duty in sorted(found)
        if duty.month <= last_month(books) and not _waits(books, entity, duty)
    ]


def _waits(books: Books, entity: LegalEntity, duty: Duty) -> bool:
    return any(
        filing.status == FilingStatus.WRITTEN
        or (filing.status == FilingStatus.REJECTED and _rejected_today(books, filing))
        for filing in versions(books, entity.id, duty)
    )


def _rejected_today(books: Books, filing: Filing) -> bool:
    query = select(Event.id).where(
        col(Event.subject_table) == Filing.__name__.lower(),
        col(Event.subject_id) == filing.id,
        col(Event.action) == "moved",
        col(Event.after) == FilingStatus.REJECTED.value,
        col(Event.business_day) >= books.as_of,
    )
    return books.session.exec(query).first() is not None
