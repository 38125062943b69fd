"""What was accepted under a contract in a month: the fees that service credits are a share of."""

from sqlmodel import col, func, select

from vendorops.books import Books
from vendorops.domain.lifecycle import DeliveryStatus, ServiceSheetStatus
from vendorops.domain.measure import extended
from vendorops.domain.money import Money, total
from vendorops.tables import Contract, Delivery, ServiceSheet, WorkItem

ACCEPTED = (ServiceSheetStatus.ACCEPTED, ServiceSheetStatus.PARTLY_ACCEPTED)


def accepted_fees(books: Books, contract: Contract, month: str) -> Money:
    """Return what was accepted of a contract's month, without tax and before any credit."""
    query = (
        select(WorkItem.accepted_e4, WorkItem.price_e6)
        .join(ServiceSheet, col(ServiceSheet.id) == col(WorkItem.service_sheet_id))
        .where(
            col(ServiceSheet.contract_id) == contract.id,
            col(ServiceSheet.month) == month,
            col(ServiceSheet.status).in_(ACCEPTED),
        )
    )
    amounts = [
        extended(quantity, price, contract.currency)
        for quantity, price in books.session.exec(query)
    ]
    return total(amounts, contract.currency)


def accepted_sheets(books: Books, contract: Contract, month: str) -> int:
    """Return how many sheets of a contract's month were accepted, whole or in part."""
    return _sheets(books, contract, month, ACCEPTED)


def undecided(books: Books, contract: Contract, month: str) -> bool:
    """Tell whether work of a month waits to be accepted, or to be put on a sheet."""
    waiting = select(func.count()).where(
        col(Delivery.contract_id) == contract.id,
        col(Delivery.month) == month,
        col(Delivery.status) == DeliveryStatus.SUBMITTED,
    )
    unreported = books.session.exec(waiting).one()
    return bool(unreported or _sheets(books, contract, month, (ServiceSheetStatus.SUBMITTED,)))


def _sheets(
    books: Books, contract: Contract, month: str, statuses: tuple[ServiceSheetStatus, ...]
) -> int:
    query = select(func.count()).where(
        col(ServiceSheet.contract_id) == contract.id,
        col(ServiceSheet.month) == month,
        col(ServiceSheet.status).in_(statuses),
    )
    return books.session.exec(query).one()
