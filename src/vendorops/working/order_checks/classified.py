"""Nothing is ordered while the engagement is not classified, is held, or is another."""

from collections.abc import Sequence

from vendorops.books import Books
from vendorops.domain.refusal import Refused
from vendorops.tables import Contract, OrderLine, WorkOrder
from vendorops.working.classified import refuse_unclassified
from vendorops.working.leasing import LEASED, is_leasing

MODE = "mode"
"""The questionnaire that decides the engagement mode."""


class OtherMode(Refused):
    """The order is in another engagement mode than was decided for it."""


def refuse(books: Books, order: WorkOrder, lines: Sequence[OrderLine]) -> None:
    """Refuse an order that its own, its contract's or its supplier's classification forbids."""
    del lines
    contract = books.get(Contract, order.contract_id)
    standing = refuse_unclassified(books, contract, order.id)
    modes = {row.subject_table: row for row in standing if row.questionnaire == MODE}
    found = modes.get("workorder") or modes.get("contract")
    ordered = order.mode or (LEASED if is_leasing(order, contract) else "")
    if found and ordered != found.result:
        raise OtherMode(
            f"E_MODE_OTHER: {found.reference} decided {found.result} for"
            f" {found.subject_reference}, but the order is in mode {ordered or 'none'}; order in"
            " that mode, or decide anew"
        )
