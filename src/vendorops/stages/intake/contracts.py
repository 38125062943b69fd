"""Finds the contract a claim is made under: named, or that of its order or of what it credits."""

from collections.abc import Sequence

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.claim import ClaimDocument
from vendorops.domain.finding import Finding, Level
from vendorops.domain.lifecycle import ContractStatus
from vendorops.stages.intake.resolving import NotBookable
from vendorops.stages.intake.sources import Tie
from vendorops.tables import Contract, Supplier, WorkOrder

BINDING = (
    ContractStatus.SIGNED,
    ContractStatus.EFFECTIVE,
    ContractStatus.EXPIRED,
    ContractStatus.TERMINATED,
)
"""Work done before the end may be claimed after it."""
ORDER_UNKNOWN = "order-unknown"


def contract_of(
    books: Books, supplier: Supplier, claim: ClaimDocument, ties: Sequence[Tie]
) -> Contract:
    """Return the supplier's contract that the claim is made under, once it binds.

    Where it names none (BT-12), its orders (BT-13) and the invoices it credits tell, if they are
    all of one contract.
    """
    orders = _orders(books, supplier, claim)
    told = sorted(
        {order.contract_id for order in orders} | {tie.source.contract_id for tie in ties}
    )
    if claim.contract_reference:
        contract = _named(books, supplier, claim.contract_reference)
    elif not told:
        raise NotBookable(
            f"the claim names neither its contract (BT-12) nor an order of ours (BT-13) with"
            f" {supplier.reference}; ask for an invoice that does"
        )
    else:
        contract = books.get(Contract, told[0])
    _check_one(books, contract, told)
    _check(contract, claim)
    return contract


def unknown_orders(books: Books, supplier: Supplier, claim: ClaimDocument) -> list[Finding]:
    """Return a finding for each order it names that is none of ours with the supplier."""
    known = {order.reference for order in _orders(books, supplier, claim)}
    return [
        Finding(
            ORDER_UNKNOWN,
            Level.WARNING,
            f"BT-13, {number[:40]}",
            f"{supplier.reference} has no order {number[:40]!r}; ask which order is meant",
        )
        for number in claim.order_references
        if number not in known
    ]


def _orders(books: Books, supplier: Supplier, claim: ClaimDocument) -> Sequence[WorkOrder]:
    if not claim.order_references:
        return []
    query = (
        select(WorkOrder)
        .join(Contract, col(WorkOrder.contract_id) == col(Contract.id))
        .where(
            col(Contract.supplier_id) == supplier.id,
            col(WorkOrder.reference).in_(claim.order_references),
        )
    )
    return books.session.exec(query).all()


def _named(books: Books, supplier: Supplier, named: str) -> Contract:
    query = select(Contract).where(
        col(Contract.supplier_id) == supplier.id, col(Contract.reference) == named
    )
    contract = books.session.exec(query).one_or_none()
    if contract is None:
        raise NotBookable(
            f"{supplier.reference} has no contract {named[:40]!r}; ask for an invoice that names"
            " its contract (BT-12)"
        )
    return contract


def _check_one(books: Books, contract: Contract, told: Sequence[int]) -> None:
    """Refuse orders and credited invoices that are of another contract than the claim."""
    others = [books.get(Contract, ident).reference for ident in told if ident != contract.id]
    if others:
        raise NotBookable(
            f"the claim is made under {contract.reference}, but its orders or the invoices it"
            f" credits are of {', '.join(others)}; ask for one claim for each contract"
        )


def _check(contract: Contract, claim: ClaimDocument) -> None:
    if contract.status not in BINDING:
        raise NotBookable(
            f"contract {contract.reference} is {contract.status}; have it signed before it is"
            " claimed under"
        )
    if contract.currency != claim.currency:
        raise NotBookable(
            f"the claim is in {claim.currency}, but contract {contract.reference} is in"
            f" {contract.currency}; ask for an invoice in {contract.currency}"
        )
