"""Which service levels hold in a month, and the closings of it that there are."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import col, func, select

from vendorops.books import Books
from vendorops.documents import revisions
from vendorops.domain.contract_facts import ServiceLevel
from vendorops.domain.lifecycle import ServiceMonthStatus
from vendorops.domain.periods import Period
from vendorops.tables import Contract, ServiceMonth


def levels_of(
    books: Books, contract: Contract, month: str, known_on: date | None = None
) -> Sequence[ServiceLevel]:
    """Return the service levels agreed for a month: those that hold on its last day.

    `known_on` leaves out amendments that came into effect after that day.
    """
    last = _last_day(contract, month)
    return revisions(books, contract, known_on).on(last).service_levels


def open_month(books: Books, contract: Contract, month: str) -> None:
    """Open a closing of a month, unless one is open."""
    if any(
        row.status == ServiceMonthStatus.OPEN for row in standing_months(books, contract, month)
    ):
        return
    numbers = select(func.coalesce(func.max(ServiceMonth.number), 0)).where(
        col(ServiceMonth.contract_id) == contract.id, col(ServiceMonth.month) == month
    )
    books.enter(
        ServiceMonth(
            id=books.key(),
            reference=books.reference("SLM"),
            contract_id=contract.id,
            month=month,
            number=int(books.session.exec(numbers).one()) + 1,
            opened_on=books.as_of,
        ),
        because=f"levels of {contract.reference} in {month}",
    )


def standing_months(books: Books, contract: Contract, month: str) -> list[ServiceMonth]:
    """Return the closings of a month that were not reversed."""
    query = select(ServiceMonth).where(
        col(ServiceMonth.contract_id) == contract.id,
        col(ServiceMonth.month) == month,
        col(ServiceMonth.status) != ServiceMonthStatus.REVERSED,
    )
    return list(books.session.exec(query.order_by(col(ServiceMonth.number))))


def _last_day(contract: Contract, month: str) -> date:
    return min(Period.month(month).end, contract.ends_on) - timedelta(days=1)
