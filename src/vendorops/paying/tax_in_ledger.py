"""Finds what the ledger has of tax that was kept back, by settlement and tax."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.tables import Contract, Event, LedgerAccount, Settlement, Transfer, Withholding


@dataclass(frozen=True)
class Asked:
    """Whose tax, of which place and months, the first and the last."""

    entity_id: int
    place: str
    taxes: tuple[str, ...]
    months: tuple[str, str]


def tax_in_ledger(books: Books, asked: Asked) -> dict[tuple[str, str], int]:
    """Return minor units by reference of the settlement and code of the tax.

    It is what settlements paid into accounts of withheld tax and nobody reversed; those that were
    booked together hang on the event of their run, and are found by the keys of their transfers.
    """
    alone = {
        (settlement, code): minor
        for settlement, code, minor in books.session.exec(_kept_back_alone(asked))
    }
    for code in asked.taxes:
        for settlement, minor in books.session.exec(_kept_back_together(asked, code)):
            alone[settlement, code] = minor
    return alone


def _kept_back_together(asked: Asked, code: str) -> Any:  # noqa: ANN401 - a query of two columns.
    reversal = aliased(Transfer)
    key = literal("settlement/").concat(col(Settlement.reference)).concat(f"/withheld/{code}")
    return (
        select(Settlement.reference, Transfer.amount_minor)
        .join(Transfer, col(Transfer.key) == key)
        .join(Contract, col(Contract.id) == col(Settlement.contract_id))
        .join(LedgerAccount, col(LedgerAccount.id) == col(Transfer.credit_id))
        .outerjoin(reversal, col(reversal.reverses_id) == col(Transfer.id))
        .where(
            col(Settlement.settlement_run_id).is_not(None),
            col(Contract.legal_entity_id) == asked.entity_id,
            col(Contract.place) == asked.place,
            col(LedgerAccount.kind) == "liability",
            _in_months(asked),
            col(reversal.id).is_(None),
        )
    )


def _in_months(asked: Asked) -> ColumnElement[bool]:
    """Return the condition under which a settlement is of a period, or nobody knows of which."""
    first, last = asked.months
    month = (
        select(func.min(col(Withholding.month)))
        .where(col(Withholding.settlement_id) == col(Settlement.id))
        .scalar_subquery()
    )
    return or_(month.between(first, last), month.is_(None))


def _kept_back_alone(asked: Asked) -> Any:  # noqa: ANN401 - a query of three columns.
    head = "settlement/" + col(Settlement.reference) + "/withheld/"
    tax = func.substr(col(Transfer.key), func.length(head) + 1)
    reversal = aliased(Transfer)
    return (
        select(Settlement.reference, tax, Transfer.amount_minor)
        .join(Event, col(Event.id) == col(Transfer.event_id))
        .join(
            Settlement,
            and_(
                col(Event.subject_table) == "settlement",
                col(Settlement.id) == col(Event.subject_id),
            ),
        )
        .join(Contract, col(Contract.id) == col(Settlement.contract_id))
        .join(LedgerAccount, col(LedgerAccount.id) == col(Transfer.credit_id))
        .outerjoin(reversal, col(reversal.reverses_id) == col(Transfer.id))
        .where(
            col(Contract.legal_entity_id) == asked.entity_id,
            col(Contract.place) == asked.place,
            col(LedgerAccount.kind) == "liability",
            col(Transfer.key).startswith("settlement/"),
            func.substr(col(Transfer.key), 1, func.length(head)) == head,
            tax.in_(asked.taxes),
            _in_months(asked),
            col(reversal.id).is_(None),
        )
    )
