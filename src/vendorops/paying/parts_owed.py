"""Parts of payments that came back and that no payment pays once more yet."""

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.paying.batches import is_planned
from vendorops.tables import Contract, LegalEntity, PartReturn, Payment, Settlement, Supplier


def unpaid_part(books: Books) -> ColumnElement[bool]:
    """Return the condition under which a part is to be paid once more.

    What was planned today and cancelled is planned anew on a later day, not at once.
    """
    return ~is_planned(books, col(Payment.returned_by_id) == col(PartReturn.bank_entry_id))


def unpaid_parts(
    books: Books, entity: LegalEntity
) -> list[tuple[PartReturn, Settlement, Supplier]]:
    """Return the parts that a legal entity owes anew, with what was paid first and to whom."""
    query = (
        select(PartReturn, Settlement, Supplier)
        .join(Settlement, col(Settlement.id) == col(PartReturn.settlement_id))
        .join(Contract, col(Contract.id) == col(Settlement.contract_id))
        .join(Supplier, col(Supplier.id) == col(Settlement.supplier_id))
        .where(col(Contract.legal_entity_id) == entity.id, unpaid_part(books))
        .order_by(col(PartReturn.id))
    )
    return list(books.session.exec(query))
