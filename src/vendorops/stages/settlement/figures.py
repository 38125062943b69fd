"""The settlements of a month in figures, for the finance person who reads the run's report."""

from collections.abc import Mapping

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.money import Money
from vendorops.tables import Contract, Settlement


def figures(books: Books) -> list[Mapping[str, str]]:
    """Return a row for each settlement of the month; names stay in the books."""
    query = (
        select(Settlement, Contract.reference)
        .join(Contract, col(Contract.id) == col(Settlement.contract_id))
        .where(Settlement.month == books.month.label)
    )
    return [
        {
            "settlement": row.reference,
            "contract": contract,
            "net": str(Money(row.net_minor, row.currency)),
            "tax": str(Money(row.tax_minor, row.currency)),
            "withheld": str(Money(row.withheld_minor, row.currency)),
            "payable": str(Money(row.payable_minor, row.currency)),
            "state": row.status,
        }
        for row, contract in books.session.exec(query.order_by(col(Settlement.reference)))
    ]
