"""Nobody is leased to us for longer than the law of the place allows."""

from collections.abc import Sequence

from vendorops.books import Books
from vendorops.domain.periods import Period
from vendorops.tables import Contract, OrderLine, Worker, WorkOrder
from vendorops.working.leasing import is_leasing
from vendorops.working.tenure import refuse_tenure


def refuse(books: Books, order: WorkOrder, lines: Sequence[OrderLine]) -> None:
    """Refuse an order, or an extension, that takes its worker past the limit."""
    del lines
    contract = books.get(Contract, order.contract_id)
    if order.worker_id is None or not is_leasing(order, contract):
        return
    wanted = Period(order.starts_on, order.ends_on)
    refuse_tenure(books, books.get(Worker, order.worker_id), wanted, contract, order.id)
