"""What the fee of a placement came to, how much of it was claimed, when it was due and paid."""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import case
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.guarantee import FeePaid
from vendorops.domain.lifecycle import (
    InvoiceStatus,
    PaymentStatus,
    ReconciliationStatus,
    ServiceSheetStatus,
    SettlementStatus,
)
from vendorops.domain.measure import extended
from vendorops.domain.money import Money
from vendorops.domain.program import Performed
from vendorops.tables import (
    Allocation,
    Contract,
    Difference,
    Invoice,
    InvoiceLine,
    Payment,
    PaymentBatch,
    Placement,
    Reconciliation,
    ServiceSheet,
    Settlement,
    SettlementLine,
    WorkItem,
)
from vendorops.working.claiming import taking
from vendorops.working.pricing import agreement

ONE_E4 = 10_000
EXPLAINED = (ReconciliationStatus.SEALED, ReconciliationStatus.SUPERSEDED)
SENT = (PaymentStatus.SENT, PaymentStatus.ACCEPTED_BY_BANK, PaymentStatus.SETTLED)


@dataclass(frozen=True)
class PlacementFee:
    """The fee for one person, as far as the books know it."""

    amount: Money
    """What was accepted; until somebody accepted or rejected it, what the contract makes it."""
    claimed: Money
    """What of it was or will be paid: explained by sealed reconciliations, less credit notes."""
    decided: bool = False
    """Whether it was accepted or rejected."""
    whole: bool = False
    """Whether all that was accepted of it is claimed."""
    paid: FeePaid = field(default_factory=FeePaid)

    @property
    def most(self) -> Money:
        """The most that was charged: what was accepted, or claimed above it and tolerated."""
        return max(self.amount, self.claimed)


def original(books: Books, placement: Placement) -> Placement:
    """Return the placement that earned the fee: a replacement has none of its own."""
    return books.get(Placement, placement.replaces_id) if placement.replaces_id else placement


def fee_of(books: Books, placement: Placement) -> PlacementFee:
    """Return the fee under which a person was placed, or the person replaced."""
    earned = original(books, placement)
    if earned.work_item_id is None:
        return PlacementFee(_foreseen(books, earned), Money(0, earned.currency))
    item = books.get(WorkItem, earned.work_item_id)
    sheet = books.get(ServiceSheet, item.service_sheet_id)
    decided = sheet.status != ServiceSheetStatus.SUBMITTED
    quantity = item.accepted_e4 if decided else item.quantity_e4
    lines = _lines(books, item)
    return PlacementFee(
        amount=extended(quantity, item.price_e6, item.currency),
        claimed=Money(_explained(books, lines), item.currency),
        decided=decided,
        whole=decided and item.claimed_e4 >= item.accepted_e4,
        paid=_paid(books, lines),
    )


def _foreseen(books: Books, placement: Placement) -> Money:
    contract = books.get(Contract, placement.contract_id)
    agreed = agreement(books, contract, [(placement.fee_term, ONE_E4, None)])
    work = Performed(placement.fee_term, ONE_E4, placement.base_salary_minor)
    price = agreed.price(work, placement.started_on or placement.starts_on)
    return extended(ONE_E4, price, contract.currency)


def _lines(books: Books, item: WorkItem) -> list[int]:
    """Return the claim lines that name the work or were explained by it."""
    allocated = select(Allocation.invoice_line_id).where(taking(item))
    query = (
        select(InvoiceLine.id)
        .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
        .where(
            (col(InvoiceLine.work_item_id) == item.id) | col(InvoiceLine.id).in_(allocated),
            col(Invoice.status) != InvoiceStatus.REJECTED.value,
        )
    )
    return list(books.session.exec(query))


def _explained(books: Books, lines: list[int]) -> int:
    """Return what the newest sealed reconciliation of each line lets be paid of it."""
    allocated = select(
        Allocation.invoice_line_id, Allocation.reconciliation_id, Allocation.amount_minor
    ).where(col(Allocation.invoice_line_id).in_(lines))
    differing = select(
        Difference.invoice_line_id,
        Difference.reconciliation_id,
        case((col(Difference.treatment) == "tolerated", col(Difference.amount_minor)), else_=0),
    ).where(col(Difference.invoice_line_id).in_(lines))
    parts = [*books.session.exec(allocated), *books.session.exec(differing)]
    said: defaultdict[int, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for line, reconciliation, amount in parts:
        if books.get(Reconciliation, reconciliation).status in EXPLAINED:
            said[line][reconciliation] += amount
    return sum(explanations[max(explanations)] for explanations in said.values())


def _paid(books: Books, lines: list[int]) -> FeePaid:
    """Return when the fee was due and paid: the latest, where it came in several parts.

    What credits cover whole is paid by setting off, on the day the settlement is sealed.
    """
    query = (
        select(Settlement)
        .join(SettlementLine, col(SettlementLine.settlement_id) == col(Settlement.id))
        .where(
            col(SettlementLine.invoice_line_id).in_(lines),
            col(Settlement.status) != SettlementStatus.REJECTED.value,
        )
        .order_by(col(Settlement.id))
    )
    parts = [_part_paid(books, each) for each in books.session.exec(query)]
    late = [part for part in parts if part.paid_on is None or part.late(part.paid_on)]
    return (late or parts or [FeePaid()])[-1]


def _part_paid(books: Books, settlement: Settlement) -> FeePaid:
    if not settlement.payable_minor and settlement.status == SettlementStatus.SEALED:
        return FeePaid(settlement.due_on, min(settlement.as_of, settlement.due_on))
    query = (
        select(col(PaymentBatch.execution_day))
        .join(Payment, col(Payment.batch_id) == col(PaymentBatch.id))
        .where(
            col(Payment.settlement_id) == settlement.id,
            col(Payment.status).in_([state.value for state in SENT]),
        )
    )
    return FeePaid(settlement.due_on, books.session.exec(query).first())


def reporters(books: Books, sheet: ServiceSheet) -> tuple[str, ...]:
    """Return who reported the starts whose fees stand on a sheet, and so may not accept them."""
    query = (
        select(Placement.start_reported_by)
        .join(WorkItem, col(WorkItem.id) == col(Placement.work_item_id))
        .where(col(WorkItem.service_sheet_id) == sheet.id)
        .distinct()
    )
    return tuple(sorted(books.session.exec(query)))
