"""Work out what each supplier is owed for a month, and put it to approval."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.monthly import Section, amount, month_command, summary
from vendorops.cli.waiting import waits_for
from vendorops.domain.lifecycle import SettlementStatus
from vendorops.tables import Contract, Settlement, Supplier

FLOWS = ("settlement_runs", "settlement")
FIGURES = ("net", "tax", "withheld", "payable")


def _listing(books: Books) -> Iterator[Section]:
    query = select(Settlement).where(
        col(Settlement.month) == books.month.label,
        col(Settlement.status) != SettlementStatus.REJECTED,
    )
    found = books.session.exec(query.order_by(col(Settlement.reference)))
    rows = [_settlement(books, row) for row in found]
    yield Section("Settlements", "settlement", rows)
    yield summary(rows, books.month.label, "settlements", FIGURES)


def _settlement(books: Books, row: Settlement) -> dict[str, Any]:
    return {
        "settlement": row.reference,
        "supplier": books.get(Supplier, row.supplier_id).reference,
        "contract": books.get(Contract, row.contract_id).reference,
        **{name: amount(getattr(row, f"{name}_minor"), row.currency) for name in FIGURES},
        "status": row.status,
        **waits_for(books, row),
    }


command = month_command(
    "Work out what each supplier is owed for a month, and put it to approval.", FLOWS, _listing
)
