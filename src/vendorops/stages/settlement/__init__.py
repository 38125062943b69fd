"""Settles what a contract is owed for a month: calculated, approved, within the cap, booked.

What the month of a platform was settled of at once goes on with its run, not here.
"""

from sqlalchemy import bindparam, exists
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.paying.open_claims import asked_of
from vendorops.paying.rejections import is_of, standing
from vendorops.stages import Step
from vendorops.stages.settlement.calculation import (
    UNDERWAY,
    CapExceeded,
    NothingToPay,
    RejectedBefore,
    calculate,
)
from vendorops.stages.settlement.claims import OPEN_CLAIM
from vendorops.stages.settlement.figures import figures
from vendorops.stages.settlement.sealing import SettlementHeld, go_on, refuse_held
from vendorops.tables import Contract, Invoice, Settlement

__all__ = [
    "SUBJECT",
    "CapExceeded",
    "NothingToPay",
    "RejectedBefore",
    "SettlementHeld",
    "advance",
    "figures",
    "ready",
]

SUBJECT = Contract
OWNER = "finance"
"""The role that sees to what is refused here."""
_UNDERWAY = (  # Written once: every step asks it.
    select(Settlement)
    .where(
        col(Settlement.contract_id) == bindparam("contract"),
        col(Settlement.status).in_(UNDERWAY),
        col(Settlement.settlement_run_id).is_(None),
    )
    .order_by(col(Settlement.id))
)


def ready(books: Books) -> list[int]:
    """Return contracts with a settlement underway, or claims of the month or before to settle.

    Whom a person said no to in a run is left out until something of that run has changed.
    """
    underway = select(Settlement.id).where(
        col(Settlement.contract_id) == col(Contract.id),
        col(Settlement.status).in_(UNDERWAY),
        col(Settlement.settlement_run_id).is_(None),
    )
    claimed = select(Invoice.id).where(col(Invoice.contract_id) == col(Contract.id), OPEN_CLAIM)
    refused = is_of(books, standing(books))
    query = select(Contract.id).where(exists(underway) | (exists(claimed) & ~refused))
    return list(books.session.exec(query.order_by(col(Contract.id)), params=asked_of(books)))


def advance(books: Books, ident: int) -> Step:
    """Take a settlement of a contract one step further, or calculate the next one.

    Raises SettlementHeld when nothing else is to be done than what a hold stops.
    """
    contract = books.get(Contract, ident)
    underway = list(books.session.exec(_UNDERWAY, params={"contract": contract.id}))
    if any(go_on(books, settlement) for settlement in underway):
        return Step.AGAIN
    if calculate(books, contract):
        return Step.AGAIN
    refuse_held(books, underway)
    return Step.WAITING if underway else Step.DONE
