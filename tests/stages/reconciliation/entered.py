"""Makers of months of one contract with accepted work and invoices for it."""

from tests.make import claimed, contract, done, invoice, items_of, service_sheet
from vendorops.tables import Contract


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
