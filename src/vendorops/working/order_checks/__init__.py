"""What may stand against an order, one module each: `refuse(books, order, lines)` raises.

A module here is asked when an order is placed, when it is approved and when a revision is
applied, with the order and its lines as they would become. It raises a Refused that names what is
wrong; dropping a module in is all it takes to join.
"""

import sys
from collections.abc import Sequence

from vendorops.books import Books
from vendorops.registry import members
from vendorops.tables import OrderLine, WorkOrder


def refuse_order(books: Books, order: WorkOrder, lines: Sequence[OrderLine]) -> None:
    """Ask every check about an order as it is, or as it would become."""
    for check in members(sys.modules[__name__]).values():
        check.refuse(books, order, lines)
