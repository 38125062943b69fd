"""Settled work and the cost centres that bear it, from which tests of budgets start."""

from collections.abc import Mapping, Sequence
from datetime import date

from tests import make
from tests.stages.settlement.month import company, staffing
from vendorops.books import Books
from vendorops.tables import (
    Contract,
    CostSplit,
    LegalEntity,
    Settlement,
    Supplier,
    WorkItem,
)
from vendorops.working.cost_centres import Subject, open_centre, split

FIRST = date(2026, 10, 1)


def costed(books: Books) -> Contract:
    """A contract with our company, and three cost centres, A, B and C."""
    company(books)
    found = staffing(books)
    centres(books, found)
    return found


def centres(books: Books, contract: Contract) -> None:
    """Open the cost centres A, B and C."""
    entity = books.get(LegalEntity, contract.legal_entity_id)
    for code in "ABC":
        open_centre(books, entity, code, f"Department {code}")


def shared(
    books: Books, subject: Subject, shares: Mapping[str, int], since: date = FIRST
) -> list[CostSplit]:
    """Let centres bear a contract or an order from October on."""
    return split(books, subject, shares, since, "budget round 2026")


def sealed_of(books: Books, contract: Contract, work: Sequence[WorkItem]) -> Settlement:
    """A sealed settlement of one claim line for each piece of work, of ten hours."""
    invoice = make.invoice(
        books, contract, [make.claimed(one, "10") for one in work], status="accepted"
    )
    supplier = books.get(Supplier, contract.supplier_id)
    explained = make.reconciliation(books, supplier)
    lines = make.lines_of(books, invoice)
    net = sum(line.net_minor for line in lines)
    settlement = make.settlement(
        books, contract, explained, net_minor=net, tax_minor=0, status="sealed"
    )
    for line, one in zip(lines, work, strict=True):
        make.allocation(books, explained, line, one)
        make.settlement_line(books, settlement, line)
    contract.committed_minor += net
    return settlement
