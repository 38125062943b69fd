"""Makers of months of one contract with accepted work and invoices for it."""

from sqlmodel import select

from tests.make import claimed, contract, done, invoice, items_of, rows_of, service_sheet
from vendorops.tables import Allocation, Contract, WorkItem
from vendorops.working.claiming import taking


def enter(books, *lines, items=None, **changed):
    """Enter one contract with accepted work, and an invoice of lines made from that work."""
    agreed = contract(books)
    works = items_of(books, service_sheet(books, agreed, items or [done(), done()]))
    return invoice(books, agreed, [line(works) for line in lines], **changed)


def whole(at):
    """Return a maker of a line that claims a piece of work as it was accepted."""
    return lambda works: claimed(works[at])


def again(books, claim, *lines, **changed):
    """Enter another invoice under the contract of a first one."""
    return invoice(books, books.get(Contract, claim.contract_id), list(lines), **changed)


def found_by_work(books):
    """Return the allocations that are found by their work, in the order in which they came."""
    each = [select(Allocation.id).where(taking(item)) for item in rows_of(books, WorkItem)]
    return sorted(ident for query in each for ident in books.session.exec(query))
