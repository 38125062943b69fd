"""Orders that lease people to us, placed or served."""

from datetime import date
from typing import Any

from sqlmodel import select

from tests import make
from vendorops.domain.measure import price_e6
from vendorops.tables import Supplier, Worker
from vendorops.working.ordering import LineWanted, Wanted, place_order

STARTS, ENDS = date(2026, 11, 1), date(2027, 3, 1)
HOUR = LineWanted("regular_hours", "time", "Sorting", price_e6("52.00"))


def person(books, contract, number):
    """Return one person of a supplier, who is the same person at another."""
    known = {"supplier_id": contract.supplier_id, "identifier_index": f"person {number}"}
    found = books.session.exec(select(Worker).filter_by(**known)).one_or_none()
    return found or make.worker(books, books.get(Supplier, contract.supplier_id), **known)


def placed(opener, contract, starts=STARTS, ends=ENDS, **changed):
    usual: dict[str, Any] = {"form": "work_order", "title": "分拣 Sorting"}
    with opener(actor="lin.buyer")() as books:
        told = usual | {"budget_minor": 5_000_000, "lines": [HOUR]} | changed
        wanted = Wanted(starts_on=starts, ends_on=ends, **told)
        return place_order(books, contract, wanted)


def dispatched(opener, contract, count, **changed):
    with opener()() as books:
        return [
            make.work_order(
                books, contract, worker_id=person(books, contract, number).id, **changed
            )
            for number in range(count)
        ]


def served(opener, contract, starts, ends, *, number=1, status="closed"):
    with opener()() as books:
        worker = person(books, contract, number)
        of: dict[str, Any] = {"worker_id": worker.id, "status": status}
        first, last = date.fromisoformat(starts), date.fromisoformat(ends)
        make.work_order(books, contract, starts_on=first, ends_on=last, **of)
        return worker
