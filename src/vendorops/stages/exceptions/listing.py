"""What of claims waits for a person, page by page: two queries however much there is.

One exception is one amount of one line that accepted work and tolerances do not stand for, as
long as nobody has decided its claim.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, and_, func, select
from sqlmodel import col

from vendorops.books import Books
from vendorops.books.questions import OPEN
from vendorops.claiming.undecided import UNDECIDED
from vendorops.domain.lifecycle import InvoiceStatus, ReconciliationStatus
from vendorops.tables import (
    Decision,
    Difference,
    Dispute,
    Invoice,
    InvoiceLine,
    Reconciliation,
    Supplier,
)


@dataclass(frozen=True)
class Wanted:
    """Which exceptions are asked for, and which page of them; empty asks for all."""

    month: str = ""
    supplier: str = ""
    """Its reference."""
    reason: str = ""
    owner: str = ""
    """Who is chased for the answer."""
    currency: str = ""
    least_minor: int = 0
    """Amounts of at least so many minor units, whatever their sign."""
    days: int = 0
    """Found so many days ago or more."""
    limit: int = 100
    offset: int = 0


def page(books: Books, wanted: Wanted) -> Sequence[Row[Any]]:
    """Return one page, what was found first before the rest."""
    columns: Any = select(
        col(Invoice.reference).label("invoice"),
        col(InvoiceLine.line),
        col(InvoiceLine.work_reference).label("work"),
        col(Supplier.reference).label("supplier"),
        col(Reconciliation.month),
        col(Difference.reason),
        col(Difference.amount_minor),
        col(Invoice.currency),
        col(Reconciliation.as_of).label("found_on"),
        col(Decision.reference).label("decision"),
        col(Decision.role),
        col(Decision.owner),
        col(Decision.due_on),
        col(Dispute.reference).label("dispute"),
        col(Dispute.clock_owner),
    )
    order = (col(Reconciliation.as_of), col(Difference.id))
    query = _open(columns, books, wanted).order_by(*order)
    limited = query.limit(wanted.limit).offset(wanted.offset)
    return books.session.connection().execute(limited).all()


def sums(books: Books, wanted: Wanted) -> Sequence[Row[Any]]:
    """Return how many there are on all pages and what they amount to, by reason and currency."""
    by = (col(Difference.reason), col(Invoice.currency))
    columns: Any = select(
        *by, func.count().label("many"), func.sum(col(Difference.amount_minor)).label("minor")
    )
    query = _open(columns, books, wanted).group_by(*by).order_by(*by)
    return books.session.connection().execute(query).all()


def _open(columns: Any, books: Books, wanted: Wanted) -> Any:  # noqa: ANN401 - a query of any columns.
    """Join from the few reconciliations that are not sealed to what is disputed in them."""
    asked = and_(
        col(Decision.subject_table) == "invoice",
        col(Decision.subject_id) == col(Invoice.id),
        col(Decision.kind) == "exception",
        col(Decision.status).in_(OPEN),
    )
    # Of a finding at most one is underway, so that no exception is listed twice.
    disputed = and_(
        col(Dispute.difference_id) == col(Difference.id), col(Dispute.status).in_(UNDECIDED)
    )
    query = (
        columns.select_from(Reconciliation)
        .join(Difference, col(Difference.reconciliation_id) == col(Reconciliation.id))
        .join(InvoiceLine, col(InvoiceLine.id) == col(Difference.invoice_line_id))
        .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
        .join(Supplier, col(Supplier.id) == col(Reconciliation.supplier_id))
        .outerjoin(Decision, asked)
        .outerjoin(Dispute, disputed)
        .where(
            col(Reconciliation.status) == ReconciliationStatus.EXPLAINED,
            col(Difference.treatment) == "disputed",
            col(Invoice.status) == InvoiceStatus.UNDER_QUERY,
        )
    )
    for column, value in (
        (col(Reconciliation.month), wanted.month),
        (col(Supplier.reference), wanted.supplier),
        (col(Difference.reason), wanted.reason),
        (col(Decision.owner), wanted.owner),
        (col(Invoice.currency), wanted.currency),
    ):
        if value:
            query = query.where(column == value)
    if wanted.least_minor:
        query = query.where(func.abs(col(Difference.amount_minor)) >= wanted.least_minor)
    if wanted.days:
        since = books.as_of - timedelta(days=wanted.days)
        query = query.where(col(Reconciliation.as_of) <= since)
    return query
