"""Finds what lines cover that name no single piece of work: a sheet, an order, a line of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.claim import ClaimDocument
from vendorops.tables import Contract, LineCoverage, OrderLine, ServiceSheet, WorkOrder


@dataclass(frozen=True)
class Coverage:
    """What a line covers, and the month it belongs to where that is known."""

    service_sheet_id: int | None = None
    work_order_id: int | None = None
    number: int | None = None
    month: str = ""


def covered(
    books: Books, contract: Contract, claim: ClaimDocument, known: Mapping[str, object]
) -> dict[str, Coverage]:
    """Return what the contract's references cover that lines give exactly and are no work.

    `SES-2026-000001` is a service sheet, `WO-2026-000001` an order, `WO-2026-000001/2` its line 2.
    """
    wanted = {line.work_reference for line in claim.lines} - {"", *known}
    if not wanted:
        return {}
    return _sheets(books, contract, wanted) | _orders(books, contract, wanted)


def _sheets(books: Books, contract: Contract, wanted: set[str]) -> dict[str, Coverage]:
    query = select(ServiceSheet).where(
        col(ServiceSheet.contract_id) == contract.id, col(ServiceSheet.reference).in_(wanted)
    )
    return {
        row.reference: Coverage(service_sheet_id=row.id, month=row.month)
        for row in books.session.exec(query)
    }


def _orders(books: Books, contract: Contract, wanted: set[str]) -> dict[str, Coverage]:
    named = {reference.partition("/")[0] for reference in wanted}
    query = (
        select(WorkOrder.reference, WorkOrder.id, OrderLine.number)
        .join(OrderLine, col(OrderLine.work_order_id) == col(WorkOrder.id))
        .where(col(WorkOrder.contract_id) == contract.id, col(WorkOrder.reference).in_(named))
    )
    found: dict[str, Coverage] = {}
    for reference, ident, number in books.session.exec(query):
        found[reference] = Coverage(work_order_id=ident)
        found[f"{reference}/{number}"] = Coverage(work_order_id=ident, number=number)
    return {reference: found[reference] for reference in sorted(wanted & set(found))}


def enter_coverage(
    books: Books, lines: Sequence[Mapping[str, Any]], covering: Mapping[str, Coverage]
) -> None:
    """Enter what the lines of a claim cover, given the columns they were entered with."""
    for line in lines:
        found = covering.get(line["work_reference"])
        if found:
            books.enter(
                LineCoverage(
                    id=books.key(),
                    invoice_line_id=line["id"],
                    service_sheet_id=found.service_sheet_id,
                    work_order_id=found.work_order_id,
                    number=found.number,
                )
            )
