"""No worker is dispatched to us above the cap, or on a post that may not be dispatched on."""

from collections.abc import Sequence

from vendorops.books import Books
from vendorops.tables import Contract, OrderLine, WorkOrder
from vendorops.working.dispatch import refuse_dispatch
from vendorops.working.leasing import is_leasing


def refuse(books: Books, order: WorkOrder, lines: Sequence[OrderLine]) -> None:
    """Refuse a dispatch in China that a guardrail is known to forbid."""
    del lines
    contract = books.get(Contract, order.contract_id)
    if contract.place == "cn" and is_leasing(order, contract):
        refuse_dispatch(books, contract, order)
