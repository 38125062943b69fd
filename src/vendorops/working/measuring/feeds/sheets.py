"""Whether the work a supplier reported was accepted whole, the first time it was put forward."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.kpi import Facts, Judged
from vendorops.domain.lifecycle import ServiceSheetStatus
from vendorops.tables import Contract, Event, ServiceSheet, Supplier


def found(books: Books, supplier: Supplier) -> Facts:
    """Return one judgement a sheet, on the day a buyer, or silence, settled it.

    A sheet accepted after one of its contract and month was rejected is that one's second try and
    no judgement of its own.
    """
    query = (
        select(
            col(ServiceSheet.contract_id),
            col(ServiceSheet.month),
            col(Event.after),
            col(Event.business_day),
        )
        .join(Contract, col(Contract.id) == col(ServiceSheet.contract_id))
        .join(Event, col(Event.subject_id) == col(ServiceSheet.id))
        .where(
            col(Contract.supplier_id) == supplier.id,
            col(Event.subject_table) == ServiceSheet.__name__.lower(),
            col(Event.action) == "moved",
        )
        .order_by(col(ServiceSheet.id))
    )
    again: dict[tuple[int, str], int] = {}
    judged = []
    for contract, month, after, day in books.session.exec(query):
        of = (contract, month)
        if after == ServiceSheetStatus.REJECTED:
            again[of] = again.get(of, 0) + 1
        elif again.get(of):
            again[of] -= 1
            continue
        judged.append(Judged(day, after == ServiceSheetStatus.ACCEPTED))
    return Facts(shares={"acceptance_first_time": judged})
