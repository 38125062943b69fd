"""Whether the service levels that a supplier agreed to were reached, month by month."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents import contract_facts
from vendorops.domain.kpi import Facts, Judged
from vendorops.domain.lifecycle import MeasurementStatus
from vendorops.domain.periods import DAY, Period
from vendorops.domain.service_levels import Measured
from vendorops.tables import Contract, Measurement, Supplier


def found(books: Books, supplier: Supplier) -> Facts:
    """Return one judgement a level and month that had cases, on the last day of the month."""
    query = (
        select(Measurement, Contract)
        .join(Contract, col(Contract.id) == col(Measurement.contract_id))
        .where(
            col(Contract.supplier_id) == supplier.id,
            col(Measurement.status) != MeasurementStatus.REVERSED,
            col(Measurement.total) > 0,
        )
    )
    judged = []
    for row, contract in books.session.exec(query.order_by(col(Measurement.id))):
        last = Period.month(row.month).end - DAY
        levels = contract_facts(books, contract, last).service_levels
        targets = {level.code: level.target_e6 for level in levels}
        if row.level in targets:
            met = Measured(row.good, row.total).reaches(targets[row.level])
            judged.append(Judged(last, met))
    return Facts(shares={"service_levels_met": judged})
