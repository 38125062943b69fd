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
from vendorops.books.parts import part
from vendorops.domain.lifecycle import SettlementStatus
from vendorops.domain.refusal import Refused
from vendorops.stages import Step
from vendorops.stages.settlement_runs.calculation import calculate, rejected
from vendorops.stages.settlement_runs.grouping import LEAST
from vendorops.stages.settlement_runs.planning import plan_next
from vendorops.stages.settlement_runs.sealing import CapExceeded, go_on, held
from vendorops.tables import Contract, LegalEntity, SettlementRun

__all__ = ["LEAST", "SUBJECT", "RunsStop", "advance", "ready"]

SUBJECT = LegalEntity
OWNER = "finance"
"""The role that sees to what is refused here."""


class RunsStop(Refused):
    """Some runs cannot go on, of which each is named."""


def ready(books: Books) -> list[int]:
    """Return our companies that are platforms and have contracts with people."""
    contracts = select(Contract.id).where(col(Contract.legal_entity_id) == col(LegalEntity.id))
    query = select(LegalEntity.id).where(
        col(LegalEntity.platform_since).is_not(None), exists(contracts)
    )
    return list(books.session.exec(query.order_by(col(LegalEntity.code))))


def advance(books: Books, ident: int) -> Step:
    """Take a run one step further, plan what one is to pay, or calculate the next.

    Raises RunsStop when nothing else is to be done: it names the runs that a hold or the cap of a
    contract stops, and those that a person said no to and nothing of which has changed.
    """
    with _uncollected():
        entity = books.get(LegalEntity, ident)
        underway = _underway(books, entity)
        stopped: list[str] = []
        if any(_goes_on(books, run, stopped) for run in underway):
            return Step.AGAIN
        if plan_next(books, entity) or calculate(books, entity):
            return Step.AGAIN
        stopped += held(books, underway) + rejected(books, entity)
        if stopped:
            raise RunsStop("; ".join(stopped))
        return Step.WAITING if underway else Step.DONE


def _goes_on(books: Books, run: SettlementRun, stopped: list[str]) -> bool:
    """Take a run a step further; one that a cap stops stays as it was, and says so."""
    try:
        with part(books):
            return go_on(books, run)
    except CapExceeded as refusal:
        stopped.append(str(refusal))
        return False


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
