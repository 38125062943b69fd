"""Tells a settlement that a person said no to from one that was only calculated anew."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from vendorops.domain.lifecycle import DecisionStatus, SettlementStatus
from vendorops.tables import Decision, Settlement, SettlementRun


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
