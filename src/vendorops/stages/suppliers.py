"""Carries out what was proposed about a supplier's standing, once another person has decided."""

from sqlmodel import and_, col, or_, select

from vendorops.books import Books, Question, decided
from vendorops.books.standing import STOPPED
from vendorops.books.withdrawing import withdraw
from vendorops.domain.lifecycle import (
    ContractStatus,
    RenewalStatus,
    SupplierChangeStatus,
    SupplierStatus,
)
from vendorops.stages import Step
from vendorops.tables import Contract, Decision, Party, Renewal, Supplier, SupplierChange

SUBJECT = SupplierChange
ROLE = "approver"
"""Who decides how we stand to a supplier; whoever proposed it may not."""
DUE_DAYS = {SupplierStatus.SUSPENDED: 1, SupplierStatus.DISQUALIFIED: 1}
USUAL_DUE_DAYS = 5
VERBS = {
    SupplierStatus.INVITED: "Invite",
    SupplierStatus.PREFERRED: "Prefer",
    SupplierStatus.SUSPENDED: "Suspend",
    SupplierStatus.QUALIFIED: "Reinstate",
    SupplierStatus.REQUESTED: "Reinstate",
    SupplierStatus.DISQUALIFIED: "Disqualify",
    SupplierStatus.OFF_BOARDED: "Off-board",
}
PARTED = (SupplierStatus.DISQUALIFIED, SupplierStatus.OFF_BOARDED)


def ready(books: Books) -> list[int]:
    """Return the proposals nobody has decided yet, and invitations that ran out."""
    ran_out = and_(
        col(SupplierChange.status) == SupplierChangeStatus.EFFECTED,
        col(SupplierChange.expires_on) <= books.as_of,
        col(Supplier.status) == SupplierStatus.INVITED,
    )
    query = (
        select(SupplierChange.id)
        .join(Supplier, col(Supplier.id) == col(SupplierChange.supplier_id))
        .where(or_(col(SupplierChange.status) == SupplierChangeStatus.PROPOSED, ran_out))
    )
    return list(books.session.exec(query.order_by(col(SupplierChange.id))))


def advance(books: Books, ident: int) -> Step:
    """Have a proposal decided and do what was decided; let an invitation run out."""
    change = books.get(SupplierChange, ident)
    supplier = books.hold(Supplier, change.supplier_id)
    if change.status == SupplierChangeStatus.EFFECTED:
        return _run_out(books, change, supplier)
    if change.status != SupplierChangeStatus.PROPOSED:
        return Step.DONE
    if change.after not in SupplierStatus(supplier.status).follows:
        because = f"{supplier.reference} is {supplier.status} meanwhile"
        withdraw(books, change, because)
        books.move(change, SupplierChangeStatus.WITHDRAWN, because=because)
        return Step.DONE
    decision = decided(books, _question(books, change, supplier))
    if decision is None:
        return Step.WAITING
    _conclude(books, change, supplier, decision)
    return Step.DONE


def _conclude(
    books: Books, change: SupplierChange, supplier: Supplier, decision: Decision
) -> None:
    because = f"{decision.answer} by {decision.answered_by}, {decision.reference}"
    if decision.answer != "approve":
        books.move(change, SupplierChangeStatus.REJECTED, because=because)
        return
    books.move(supplier, SupplierStatus(change.after), because=f"{change.reference}, {because}")
    books.move(change, SupplierChangeStatus.EFFECTED, because=because)
    if supplier.status in PARTED:
        _drop_renewals(books, supplier)


def _drop_renewals(books: Books, supplier: Supplier) -> None:
    waiting = (RenewalStatus.OPEN, RenewalStatus.LAPSED)
    query = select(Renewal).where(
        col(Renewal.supplier_id) == supplier.id, col(Renewal.status).in_(waiting)
    )
    for renewal in books.session.exec(query.order_by(col(Renewal.id))):
        because = f"{supplier.reference} is {supplier.status}"
        books.move(renewal, RenewalStatus.DROPPED, because=because)


def _run_out(books: Books, change: SupplierChange, supplier: Supplier) -> Step:
    ends = change.expires_on
    if ends and ends <= books.as_of and supplier.status == SupplierStatus.INVITED:
        because = f"{change.reference} ran out on {ends}"
        books.move(supplier, SupplierStatus.REQUESTED, because=because)
    return Step.DONE


def _question(books: Books, change: SupplierChange, supplier: Supplier) -> Question:
    after = SupplierStatus(change.after)
    party = books.get(Party, supplier.party_id)
    contracts = _in_force(books, supplier)
    stops = " What it is owed is paid all the same." if after in STOPPED else ""
    running = f" Contracts in force: {', '.join(contracts)}." if contracts else ""
    return Question(
        kind="supplier_change",
        subject=change,
        content={
            "change": change.reference,
            "supplier": supplier.reference,
            "name": party.name,
            "now": supplier.status,
            "then": after.value,
            "reason": change.reason,
            "proposed_by": change.proposed_by,
            "expires_on": change.expires_on.isoformat() if change.expires_on else "",
            "contracts_in_force": contracts,
        },
        sentence=f"{VERBS[after]} {supplier.reference}, {party.name}? {change.proposed_by} "
        f"proposes it: {change.reason.rstrip('.')}.{stops}{running}",
        role=ROLE,
        due_days=DUE_DAYS.get(after, USUAL_DUE_DAYS),
        party_id=party.id,
        not_by=(change.proposed_by,),
    )


def _in_force(books: Books, supplier: Supplier) -> list[str]:
    query = select(Contract.reference).where(
        col(Contract.supplier_id) == supplier.id, col(Contract.status) == ContractStatus.EFFECTIVE
    )
    return list(books.session.exec(query.order_by(col(Contract.reference))))
