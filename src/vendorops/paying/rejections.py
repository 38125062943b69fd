"""Tells what a person said no to from what was only calculated anew, and how long a no stands."""

from typing import Any

from sqlalchemy import ColumnElement, exists, false, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import DecisionStatus, SettlementStatus, WithholdingStatus
from vendorops.paying.open_claims import EXPLAINED, asked_of
from vendorops.paying.overtaken import is_overtaken
from vendorops.paying.run_kinds import first_of_each_kind
from vendorops.tables import (
    Allocation,
    Amendment,
    Contract,
    CreditMemo,
    Decision,
    Difference,
    Invoice,
    InvoiceLine,
    RowBlock,
    Settlement,
    SettlementLine,
    SettlementRun,
    Supplier,
    TaxRegistration,
    TaxStanding,
    Withholding,
)

# By other names, as the condition on open claims asks the same tables about somebody else.
_SAID: Any = aliased(Settlement)
_HELD: Any = aliased(SettlementLine)
_LINE: Any = aliased(InvoiceLine)


def rejected_by_person(table: type[Settlement] | type[SettlementRun]) -> ColumnElement[bool]:
    """Return the condition under which a settlement, or a run, was rejected by an answer."""
    status: Any = table.status
    return (col(status) == SettlementStatus.REJECTED) & exists().where(
        col(Decision.kind) == "settlement",
        col(Decision.subject_table) == table.__name__.lower(),
        col(Decision.subject_id) == col(table.id),
        col(Decision.status) == DecisionStatus.ANSWERED,
        col(Decision.answer) == "reject",
        col(Decision.effective_on).is_not(None),
    )


def standing(books: Books, *of: ColumnElement[bool]) -> list[SettlementRun]:
    """Return the runs of the month that a person said no to, of which nothing has changed since.

    A no is about all who were in a run together: what changes of one of them changes the run.
    """
    query = select(SettlementRun).where(
        col(SettlementRun.month) == books.month.label, rejected_by_person(SettlementRun), *of
    )
    runs = books.session.exec(query.order_by(col(SettlementRun.id))).all()
    return [run for run in runs if not _has_changed(books, run)]


def is_of(books: Books, runs: list[SettlementRun]) -> ColumnElement[bool]:
    """Return the condition under which a contract was settled in one of some runs."""
    blocks = [_block(books, run) for run in runs]
    rows = [
        exists().where(col(_SAID.contract_id) == col(Contract.id), _within(block))
        for block in blocks
    ]
    return or_(false(), *rows)


def _has_changed(books: Books, run: SettlementRun) -> bool:
    """Tell whether a run would not be calculated of the same people to the same, were it today."""
    block = _block(books, run)
    changed = (
        select(_SAID.id)
        .join(Contract, col(Contract.id) == _SAID.contract_id)
        .join(Supplier, col(Supplier.id) == _SAID.supplier_id)
        .where(_within(block), or_(_other_claims(), *_explained_anew(), *_other_facts()))
    )
    if books.session.execute(changed.limit(1), asked_of(books)).first() is not None:
        return True
    return any(is_overtaken(books, each) for each in first_of_each_kind(books, block))


def _other_claims() -> ColumnElement[bool]:
    """Return the condition under which other claims may be settled than a settlement was of."""
    mine = _HELD.settlement_id == _SAID.id
    of_invoice = (_LINE.id == _HELD.invoice_line_id, col(Invoice.id) == _LINE.invoice_id)
    gone = exists().where(mine, *of_invoice, ~EXPLAINED)
    known = exists().where(mine, *of_invoice)
    new = exists().where(col(Invoice.contract_id) == _SAID.contract_id, EXPLAINED, ~known)
    return gone | new


def _explained_anew() -> list[ColumnElement[bool]]:
    """Return the conditions under which a line of a settlement was matched once more since."""
    return [
        exists().where(
            _HELD.settlement_id == _SAID.id,
            col(table.invoice_line_id) == _HELD.invoice_line_id,
            col(table.reconciliation_id) > _SAID.reconciliation_id,
        )
        for table in (Allocation, Difference)
    ]


def _other_facts() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which more than its claims decides what a contract is owed.

    None of them held when its run was calculated.
    """
    party = col(Supplier.party_id)
    return (
        col(Contract.cap_minor) - col(Contract.committed_minor) < _SAID.net_minor,
        exists().where(col(Amendment.contract_id) == col(Contract.id)),
        exists().where(col(CreditMemo.contract_id) == col(Contract.id)),
        exists().where(
            col(TaxStanding.party_id) == party, col(TaxStanding.place) == col(Contract.place)
        ),
        exists().where(col(TaxRegistration.party_id) == party),
        exists().where(
            col(Withholding.party_id) == party,
            col(Withholding.status) != WithholdingStatus.CANCELLED,
            col(Withholding.settlement_id) > _SAID.id,
        ),
    )


def _block(books: Books, run: SettlementRun) -> RowBlock:
    return books.get(RowBlock, run.settlement_block_id or 0)


def _within(block: RowBlock) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = _SAID.id.between(
        block.first_id, block.first_id + block.count - 1
    )
    return condition
