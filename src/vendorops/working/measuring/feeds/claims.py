"""Whether the lines a supplier claimed were explained whole when they were first matched."""

from collections import defaultdict

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.kpi import Facts, Judged
from vendorops.tables import Allocation, Difference, Reconciliation, Supplier

DISPUTED = "disputed"


def found(books: Books, supplier: Supplier) -> Facts:
    """Return one judgement a claim line, on the day of its first match.

    A line is right the first time where nothing of it was disputed: what is tolerated is right.
    """
    runs = select(col(Reconciliation.id), col(Reconciliation.as_of))
    days = dict(
        books.session.exec(runs.where(col(Reconciliation.supplier_id) == supplier.id)).all()
    )
    first: dict[int, int] = {}
    disputed: defaultdict[int, set[int]] = defaultdict(set)
    for run, line, treatment in _matched(books, supplier):
        first[line] = min(run, first.get(line, run))
        if treatment == DISPUTED:
            disputed[run].add(line)
    return Facts(
        shares={
            "claims_first_time": [
                Judged(days[run], line not in disputed[run]) for line, run in first.items()
            ]
        }
    )


def _matched(books: Books, supplier: Supplier) -> list[tuple[int, int, str]]:
    """Return reconciliation, claim line, and how it was treated where it differed."""
    mine = select(Reconciliation.id).where(col(Reconciliation.supplier_id) == supplier.id)
    same = select(Allocation.reconciliation_id, Allocation.invoice_line_id)
    explained = books.session.exec(same.where(col(Allocation.reconciliation_id).in_(mine)))
    found = [(run, line, "") for run, line in explained]
    other = select(Difference.reconciliation_id, Difference.invoice_line_id, Difference.treatment)
    rows = books.session.exec(other.where(col(Difference.reconciliation_id).in_(mine)))
    return [*found, *((run, line, treatment) for run, line, treatment in rows)]
