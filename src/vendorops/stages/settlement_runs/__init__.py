"""Settles and pays the month of a platform by column: one run, one approval, a few files.

A registered platform owes thousands of people. Those of whom nothing is out of the ordinary are
calculated together, approved by one answer about all of them, booked and put into payment files;
everybody else is settled and paid alone, by the stages that do so for suppliers. Both ways come
to the same rows, to the cent.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exists
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import SettlementStatus
from vendorops.stages import Step
from vendorops.stages.settlement_runs.calculation import RejectedBefore, calculate
from vendorops.stages.settlement_runs.grouping import LEAST
from vendorops.stages.settlement_runs.planning import plan_next
from vendorops.stages.settlement_runs.sealing import CapExceeded, RunHeld, go_on, refuse_held
from vendorops.tables import Contract, LegalEntity, SettlementRun

__all__ = ["LEAST", "SUBJECT", "CapExceeded", "RejectedBefore", "RunHeld", "advance", "ready"]

SUBJECT = LegalEntity
OWNER = "finance"
"""The role that sees to what is refused here."""


def ready(books: Books) -> list[int]:
    """Return our companies that are platforms and have contracts with people."""
    contracts = select(Contract.id).where(col(Contract.legal_entity_id) == col(LegalEntity.id))
    query = select(LegalEntity.id).where(
        col(LegalEntity.platform_since).is_not(None), exists(contracts)
    )
    return list(books.session.exec(query.order_by(col(LegalEntity.code))))


def advance(books: Books, ident: int) -> Step:
    """Take a run one step further, plan what one is to pay, or calculate the next.

    Raises RunHeld when nothing else is to be done than what a hold stops.
    """
    with _uncollected():
        entity = books.get(LegalEntity, ident)
        underway = _underway(books, entity)
        if any(go_on(books, run) for run in underway):
            return Step.AGAIN
        if plan_next(books, entity) or calculate(books, entity):
            return Step.AGAIN
        refuse_held(books, underway)
        return Step.WAITING if underway else Step.DONE


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: a run's rows are in no circles, and looking took a fifth."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _underway(books: Books, entity: LegalEntity) -> list[SettlementRun]:
    query = select(SettlementRun).where(
        col(SettlementRun.legal_entity_id) == entity.id,
        col(SettlementRun.status) == SettlementStatus.CALCULATED,
    )
    return list(books.session.exec(query.order_by(col(SettlementRun.id))))
