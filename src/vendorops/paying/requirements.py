"""Finds the papers without which a supplier may not be paid, and which it does not hold."""

from datetime import date

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import ComplianceDocumentStatus
from vendorops.programs import program
from vendorops.tables import ComplianceDocument, Contract, Party, Settlement, Supplier

STOPS_PAYMENT = "pay"
RELIED_ON = (ComplianceDocumentStatus.VERIFIED, ComplianceDocumentStatus.EXPIRING)


def missing_papers(books: Books, settlement: Settlement, day: date) -> str:
    """Return what a supplier lacks to be paid on a day; empty where it lacks nothing.

    Only what the program says stops payment does: other papers never stop money already owed.
    """
    supplier = books.get(Supplier, settlement.supplier_id)
    contract = books.get(Contract, settlement.contract_id)
    kind = books.get(Party, supplier.party_id).kind
    required = program(contract.program).required(contract.place, kind, day)
    stopping = [needed for needed in required if needed.blocks == STOPS_PAYMENT]
    if not stopping:
        return ""
    held = _held(books, supplier, day)
    told = "; ".join(
        f"{needed.kind} ({needed.cite})" for needed in stopping if needed.kind not in held
    )
    if not told:
        return ""
    return (
        f"{supplier.reference} holds no verified {told} that is valid on {day}; ask for it and "
        "have it verified"
    )


def _held(books: Books, supplier: Supplier, day: date) -> set[str]:
    """Return the kinds of verified documents that hold on a day."""
    ends = col(ComplianceDocument.valid_to)
    query = select(ComplianceDocument.kind).where(
        col(ComplianceDocument.supplier_id) == supplier.id,
        col(ComplianceDocument.status).in_(RELIED_ON),
        col(ComplianceDocument.valid_from) <= day,
        ends.is_(None) | (ends > day),
    )
    return set(books.session.exec(query))
