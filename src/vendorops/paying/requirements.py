"""Finds the papers without which a supplier may not be paid, and which it does not hold."""

from datetime import date

from vendorops.books import Books
from vendorops.documents.holding import relied_on, required_of
from vendorops.tables import Contract, Settlement, Supplier

STOPS_PAYMENT = "pay"


def missing_papers(books: Books, settlement: Settlement, day: date) -> str:
    """Return what a supplier lacks to be paid on a day; empty where it lacks nothing.

    Only what its requirement says stops payment does: other papers never stop money already owed.
    """
    supplier = books.get(Supplier, settlement.supplier_id)
    contract = books.get(Contract, settlement.contract_id)
    asked = required_of(books, supplier, contract.program, contract.place, day)
    stopping = [needed for needed in asked if needed.stops(STOPS_PAYMENT)]
    if not stopping:
        return ""
    held = relied_on(books, supplier, day)
    told = "; ".join(
        f"{needed.kind} ({needed.source})" for needed in stopping if held.isdisjoint(needed.kinds)
    )
    if not told:
        return ""
    return (
        f"{supplier.reference} holds no verified {told} that is valid on {day}; ask for it and "
        "have it verified"
    )
