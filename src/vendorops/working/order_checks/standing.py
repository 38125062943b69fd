"""Nothing new is ordered of a supplier that was stopped, or of people who are not its own."""

from collections.abc import Sequence

from vendorops.books import Books
from vendorops.books.standing import refuse_stopped
from vendorops.domain.lifecycle import WorkerStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import Contract, OrderLine, Supplier, Worker, WorkOrder


class NotItsWorker(Refused):
    """The person does not work for the supplier, or no longer."""


def refuse(books: Books, order: WorkOrder, lines: Sequence[OrderLine]) -> None:
    """Refuse a stopped supplier, and a worker who is another's or inactive."""
    del lines
    contract = books.get(Contract, order.contract_id)
    supplier = books.get(Supplier, contract.supplier_id)
    refuse_stopped(supplier)
    if order.worker_id is None:
        return
    worker = books.get(Worker, order.worker_id)
    if worker.supplier_id != supplier.id:
        raise NotItsWorker(
            f"{worker.reference} does not work for {supplier.reference}; name one of its people"
        )
    if worker.status != WorkerStatus.ACTIVE:
        raise NotItsWorker(f"{worker.reference} is {worker.status}; activate the person first")
