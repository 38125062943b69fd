"""What the caps of contracts leave for the claims of a month."""

from sqlalchemy import case, exists, func, select, union_all
from sqlmodel import col

from vendorops.books import Books
from vendorops.domain.lifecycle import InvoiceStatus, SettlementStatus
from vendorops.tables import (
    Allocation,
    Contract,
    Difference,
    Invoice,
    InvoiceLine,
    Settlement,
    SettlementLine,
)

EXPLAINED = (
    InvoiceStatus.UNDER_QUERY,
    InvoiceStatus.CONDITIONALLY_ACCEPTED,
    InvoiceStatus.ACCEPTED,
)
UNDERWAY = (SettlementStatus.CALCULATED, SettlementStatus.APPROVED)


def room(books: Books, contract: Contract) -> int:
    """Return what is left of a cap after what was settled and what is going to be; minor units.

    What is going to be are settlements that are not sealed yet, and of claims that no settlement
    holds what accepted work and tolerances stand for.
    """
    underway = select(func.coalesce(func.sum(col(Settlement.net_minor)), 0)).where(
        col(Settlement.contract_id) == contract.id, col(Settlement.status).in_(UNDERWAY)
    )
    taken = contract.committed_minor + int(books.session.execute(underway).scalar_one())
    return contract.cap_minor - taken - _explained(books, contract)


def _explained(books: Books, contract: Contract) -> int:
    held = (
        select(col(SettlementLine.id))
        .join(Settlement, col(Settlement.id) == col(SettlementLine.settlement_id))
        .where(
            col(SettlementLine.invoice_line_id) == col(InvoiceLine.id),
            col(Settlement.status) != SettlementStatus.REJECTED,
        )
    )
    lines = (
        select(col(InvoiceLine.id))
        .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
        .where(
            col(Invoice.contract_id) == contract.id,
            col(Invoice.status).in_(EXPLAINED),
            ~exists(held),
        )
    )
    tolerated = col(Difference.treatment) == "tolerated"
    parts = union_all(
        select(col(Allocation.amount_minor).label("minor")).where(
            col(Allocation.invoice_line_id).in_(lines)
        ),
        select(case((tolerated, col(Difference.amount_minor)), else_=0)).where(
            col(Difference.invoice_line_id).in_(lines)
        ),
    ).subquery()
    query = select(func.coalesce(func.sum(parts.c.minor), 0))
    return int(books.session.execute(query).scalar_one())
