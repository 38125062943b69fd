"""Collects what became of a supplier's claims of a month, contract by contract, from the rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.months.adjusted import Adjusted, adjusted
from vendorops.domain.lifecycle import DecisionStatus, InvoiceStatus, SettlementStatus
from vendorops.tables import (
    Allocation,
    Contract,
    Decision,
    Difference,
    Invoice,
    InvoiceLine,
    Reconciliation,
    Settlement,
    SettlementLine,
    Supplier,
    WorkItem,
)

GIVEN = (DecisionStatus.ANSWERED, DecisionStatus.CORRECTED)


@dataclass(frozen=True)
class Line:
    """A claim line with what its newest reconciliation and its settlement made of it."""

    invoice: Invoice
    row: InvoiceLine
    run: Reconciliation | None
    allocations: tuple[tuple[Allocation, WorkItem], ...] = ()
    differences: tuple[Difference, ...] = ()
    settled: tuple[SettlementLine, Settlement] | None = None

    @property
    def name(self) -> str:
        return f"{self.invoice.reference}/{self.row.line}"

    @property
    def matched_minor(self) -> int:
        return sum(row.amount_minor for row, _ in self.allocations)

    def differing_minor(self, treatment: str) -> int:
        """Return what of it is tolerated, or disputed."""
        return sum(row.amount_minor for row in self.differences if row.treatment == treatment)


@dataclass(frozen=True)
class ContractMonth:
    """The claims of one contract and month, and the settlements of that month."""

    supplier: Supplier
    contract: Contract
    currency: str
    """Of the claims; settlements are in the contract's, so that claims in another have none."""
    month: str
    lines: tuple[Line, ...]
    settlements: tuple[Settlement, ...]
    decided: Mapping[int, Decision] = field(default_factory=dict)
    """By invoice: the newest question about its disputed lines, answered or not."""
    memos: tuple[Adjusted, ...] = ()
    """Credit memos of the month, and those that its settlements take off."""
    earlier_minor: int = 0
    """What the settlements of the month pay for claims of other months, without tax."""

    @property
    def credited(self) -> Mapping[str, int]:
        """What credit memos take off in the settlements of the month, without tax, by kind."""
        found: Counter[str] = Counter()
        for each in self.memos:
            found[each.kind] += each.net_minor
        return dict(sorted(found.items()))


def suppliers_of(books: Books) -> list[Supplier]:
    """Return who claimed something for the month of the books."""
    claimed = select(Invoice.supplier_id).where(col(Invoice.month) == books.month.label)
    query = select(Supplier).where(col(Supplier.id).in_(claimed))
    return list(books.session.exec(query.order_by(col(Supplier.reference))))


def month_of(books: Books, supplier: Supplier) -> list[ContractMonth]:
    """Return the month of a supplier, by contract; without contracts it claimed nothing under."""
    invoices = books.session.exec(
        select(Invoice)
        .where(col(Invoice.supplier_id) == supplier.id, col(Invoice.month) == books.month.label)
        .order_by(col(Invoice.reference))
    ).all()
    of: dict[tuple[str, str], list[Invoice]] = {}
    for row in invoices:
        contract = books.get(Contract, row.contract_id)
        of.setdefault((contract.reference, row.currency), []).append(row)
    return [_of_contract(books, supplier, of[key]) for key in sorted(of)]


def _of_contract(books: Books, supplier: Supplier, invoices: Sequence[Invoice]) -> ContractMonth:
    contract, currency = books.get(Contract, invoices[0].contract_id), invoices[0].currency
    query = select(Settlement).where(
        col(Settlement.contract_id) == contract.id,
        col(Settlement.currency) == currency,
        col(Settlement.month) == books.month.label,
        col(Settlement.status) != SettlementStatus.REJECTED,
    )
    settlements = tuple(books.session.exec(query.order_by(col(Settlement.reference))))
    lines = _lines(books, invoices)
    ours = {row.id for row in settlements}
    paid_here = [
        each.settled[0].net_minor for each in lines if each.settled and each.settled[1].id in ours
    ]
    memos = adjusted(books, contract, settlements)
    credited = sum(each.net_minor for each in memos)
    return ContractMonth(
        supplier=supplier,
        contract=contract,
        currency=currency,
        month=books.month.label,
        lines=lines,
        settlements=settlements,
        decided=_decided(books, invoices),
        memos=memos,
        earlier_minor=sum(row.net_minor for row in settlements) + credited - sum(paid_here),
    )


def _lines(books: Books, invoices: Sequence[Invoice]) -> tuple[Line, ...]:
    of = {invoice.id: invoice for invoice in invoices}
    query = select(InvoiceLine).where(col(InvoiceLine.invoice_id).in_(list(of)))
    rows = books.session.exec(query).all()
    rows = sorted(rows, key=lambda row: (of[row.invoice_id].reference, row.line))
    idents = select(InvoiceLine.id).where(col(InvoiceLine.invoice_id).in_(list(of)))
    allocated = _by_line(
        books.session.exec(
            select(Allocation, WorkItem)
            .join(WorkItem, col(WorkItem.id) == col(Allocation.work_item_id))
            .where(col(Allocation.invoice_line_id).in_(idents))
            .order_by(col(Allocation.id))
        ).all()
    )
    differing = _by_line(
        [
            (row,)
            for row in books.session.exec(
                select(Difference)
                .where(col(Difference.invoice_line_id).in_(idents))
                .order_by(col(Difference.id))
            )
        ]
    )
    settled = {
        line.invoice_line_id: (line, settlement)
        for line, settlement in books.session.exec(
            select(SettlementLine, Settlement)
            .join(Settlement, col(Settlement.id) == col(SettlementLine.settlement_id))
            .where(
                col(SettlementLine.invoice_line_id).in_(idents),
                col(Settlement.status) != SettlementStatus.REJECTED,
            )
        )
    }
    return tuple(
        _line(
            books,
            of[row.invoice_id],
            row,
            (allocated.get(row.id, []), differing.get(row.id, [])),
            settled.get(row.id),
        )
        for row in rows
    )


def _by_line(rows: Sequence[Any]) -> dict[int, list[Any]]:
    """Return rows of tuples by the claim line that the first of each is about."""
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row[0].invoice_line_id, []).append(row)
    return found


def _line(
    books: Books,
    invoice: Invoice,
    row: InvoiceLine,
    said: tuple[list[Any], list[Any]],
    settled: tuple[SettlementLine, Settlement] | None,
) -> Line:
    """Return a line as its newest reconciliation explains it."""
    newest = max((each[0].reconciliation_id for part in said for each in part), default=0)
    allocated, differing = (
        [each for each in part if each[0].reconciliation_id == newest] for part in said
    )
    return Line(
        invoice,
        row,
        books.get(Reconciliation, newest) if newest else None,
        tuple((allocation, work) for allocation, work in allocated),
        tuple(difference for (difference,) in differing),
        settled,
    )


def _decided(books: Books, invoices: Sequence[Invoice]) -> dict[int, Decision]:
    query = select(Decision).where(
        col(Decision.subject_table) == "invoice",
        col(Decision.subject_id).in_([row.id for row in invoices]),
        col(Decision.kind) == "exception",
        col(Decision.status) != DecisionStatus.VOID,
    )
    return {row.subject_id: row for row in books.session.exec(query.order_by(col(Decision.id)))}


def age_days(decision: Decision | None, line: Line, as_of: date) -> int:
    """Return for how many days a dispute has been open, or was before it was decided."""
    asked = decision.asked_on if decision else line.run.as_of if line.run else as_of
    until = decision.answered_on if decision and decision.answered_on else as_of
    return max(0, (until - asked).days)


def is_open(line: Line) -> bool:
    """Tell whether a person has yet to decide about the disputed part of a line."""
    return line.invoice.status == InvoiceStatus.UNDER_QUERY
