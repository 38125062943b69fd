"""What must hold of people who are paid in one file, asked of all of them by one condition.

It says of many what the rules for one payment say of one; whoever does not meet it is looked at
alone, and told why.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from vendorops.books import Books
from vendorops.documents.holding import RELIED_ON
from vendorops.domain.lifecycle import BankAccountStatus
from vendorops.domain.requirement import Serving
from vendorops.paying.accounts.proposing import CHANGING
from vendorops.paying.confirming import none_unconfirmed
from vendorops.paying.holding import any_held, in_force
from vendorops.requirements import required
from vendorops.tables import (
    BankAccount,
    ComplianceDocument,
    InvoiceHold,
    InvoiceLine,
    Settlement,
    SettlementLine,
    SettlementRun,
    Supplier,
)

STOPS = "pay"


def may_go_together(
    books: Books, run: SettlementRun, day: date
) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which a settlement of a run may be paid on a day.

    Of a query over Settlement, Supplier and BankAccount, the account that is paid to.
    """
    return (
        col(BankAccount.currency) == run.currency,
        col(BankAccount.status) == BankAccountStatus.ACTIVE.value,
        col(BankAccount.active_from) <= books.as_of,
        col(BankAccount.first_paid_on).is_not(None),
        _has_no_other(run),
        *_papers(run, day),
        *_unheld(books),
        *none_unconfirmed(books, run.as_of),
    )


def _has_no_other(run: SettlementRun) -> ColumnElement[bool]:
    """Return the condition under which a payee has one account, which nobody is changing."""
    other: Any = aliased(BankAccount)
    in_use = and_(other.status == BankAccountStatus.ACTIVE.value, other.currency == run.currency)
    changing = other.status.in_([state.value for state in CHANGING])
    return ~exists().where(
        other.party_id == col(Supplier.party_id),
        other.id != col(BankAccount.id),
        or_(changing, in_use),
    )


def _unheld(books: Books) -> list[ColumnElement[bool]]:
    """Return the condition under which nobody holds an invoice of a settlement."""
    if not any_held(books):
        return []
    held = exists().where(
        col(SettlementLine.settlement_id) == col(Settlement.id),
        col(InvoiceLine.id) == col(SettlementLine.invoice_line_id),
        col(InvoiceHold.invoice_id) == col(InvoiceLine.invoice_id),
        in_force(books.as_of),
    )
    return [~held]


def _papers(run: SettlementRun, day: date) -> list[ColumnElement[bool]]:
    """Return the conditions under which a person holds every paper that payment asks for."""
    serving = Serving(run.program, run.place, "person", run.place)
    return [
        exists().where(
            col(ComplianceDocument.supplier_id) == col(Supplier.id),
            col(ComplianceDocument.status).in_(RELIED_ON),
            col(ComplianceDocument.kind).in_(sorted(needed.kinds)),
            col(ComplianceDocument.valid_from) <= day,
            or_(
                col(ComplianceDocument.valid_to).is_(None), col(ComplianceDocument.valid_to) > day
            ),
        )
        for needed in required(serving, day)
        if needed.stops(STOPS)
    ]
