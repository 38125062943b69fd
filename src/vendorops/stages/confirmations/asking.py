"""Puts statements before their payees, and what these dispute before finance."""

from sqlmodel import col, select

from vendorops.books import Books, Question
from vendorops.books.questions import those_who_answered
from vendorops.domain.lifecycle import DecisionStatus
from vendorops.domain.money import Money
from vendorops.paying.confirming import AGREEMENT
from vendorops.tables import Contract, Decision, Settlement, SettlementConfirmation, Supplier

OBJECTION = "settlement_dispute"


def agreement(books: Books, settlement: Settlement, row: SettlementConfirmation) -> Question:
    """Return what the payee is asked: whether it agrees to exactly what it is paid, and why."""
    contract = books.get(Contract, settlement.contract_id)
    payable = Money(settlement.payable_minor, settlement.currency)
    withheld = Money(settlement.withheld_minor, settlement.currency)
    again = f" It is shown again, round {row.round}." if row.round > 1 else ""
    waits = "Nothing is paid before you do." if row.required else ""
    return Question(
        kind=AGREEMENT,
        subject=row,
        content=_content(settlement, row),
        sentence=(
            f"Do you agree to {settlement.reference}: {payable} for {settlement.month} under "
            f"{contract.reference}, after {withheld} of tax withheld? Reject it with what is "
            f"wrong until {row.due_on}; it is then not paid before somebody has looked. "
            f"{waits}{again}"
        ).rstrip(),
        role="supplier",
        due_days=(row.due_on - row.shown_on).days,
        party_id=books.get(Supplier, settlement.supplier_id).party_id,
        program=contract.program,
        place=contract.place,
    )


def objection(
    books: Books, settlement: Settlement, row: SettlementConfirmation, why: Decision
) -> Question:
    """Return what finance is asked about a dispute; not who approved the settlement."""
    contract = books.get(Contract, settlement.contract_id)
    supplier = books.get(Supplier, settlement.supplier_id)
    payable = Money(settlement.payable_minor, settlement.currency)
    approvers = _approvers(books, settlement)
    return Question(
        kind=OBJECTION,
        subject=row,
        content=_content(settlement, row) | {"dispute": why.reference, "reason": why.reason},
        sentence=(
            f"{supplier.reference} disputes {settlement.reference} of {payable}: {why.reason}. "
            "Approve to have it paid as it stands, and what is open corrected by a later "
            "settlement (vendorops dispute open); reject to keep it unpaid until it is confirmed"
        ),
        role="finance",
        party_id=supplier.party_id,
        amount=payable,
        program=contract.program,
        place=contract.place,
        not_by=tuple(sorted(approvers)),
    )


def _approvers(books: Books, settlement: Settlement) -> set[str]:
    """Return who approved a settlement, or the run that it is of."""
    approved = (
        ("settlement", settlement.id),
        ("settlementrun", settlement.settlement_run_id),
    )
    return {
        handle
        for table, ident in approved
        if ident is not None
        for handle in those_who_answered(
            books,
            col(Decision.kind) == "settlement",
            col(Decision.subject_table) == table,
            col(Decision.subject_id) == ident,
        )
    }


def _content(settlement: Settlement, row: SettlementConfirmation) -> dict[str, object]:
    return {
        "settlement": settlement.reference,
        "says": row.content_sha256,
        "payable_minor": settlement.payable_minor,
        "currency": settlement.currency,
        "round": row.round,
    }


def reason_given(books: Books, row: SettlementConfirmation) -> Decision:
    """Return the newest dispute of the payee."""
    query = select(Decision).where(
        col(Decision.subject_table) == SettlementConfirmation.__name__.lower(),
        col(Decision.subject_id) == row.id,
        col(Decision.kind) == AGREEMENT,
        col(Decision.status) == DecisionStatus.ANSWERED,
        col(Decision.answer) == "reject",
    )
    return list(books.session.exec(query.order_by(col(Decision.id))))[-1]
