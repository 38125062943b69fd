"""Files that a person is asked about."""

from sqlmodel import col, select

from vendorops.stages import sweep
from vendorops.stages.intake import receive
from vendorops.tables import Decision

FINANCE = "zhao.finance"


def took(opener, data, name, supplier=None):
    with opener()() as books:
        ident = receive(books, data, name, supplier).id
    sweep("intake", opener(), [ident])
    return ident


def asked(books):
    """Return the open question."""
    return books.session.exec(select(Decision).where(col(Decision.status) == "requested")).one()
