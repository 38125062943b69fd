"""Closes the measured levels of a month: missed ones credit their share of accepted fees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.contract_facts import ServiceLevel
from vendorops.domain.lifecycle import ServiceMonthStatus
from vendorops.domain.money import Money, total
from vendorops.domain.service_levels import (
    Measured,
    Unmeasured,
    credited_share,
    missed,
    service_credit,
)
from vendorops.stages.service_levels.measuring import standing
from vendorops.tables import Contract, Measurement, ServiceMonth
from vendorops.working.crediting import Credit, raise_credit
from vendorops.working.service_fees import accepted_fees, accepted_sheets, undecided
from vendorops.working.service_months import levels_of, open_month

KIND = "service_level"


@dataclass(frozen=True)
class _Closed:
    """What closing a month came to."""

    levels: Sequence[ServiceLevel]
    below: Sequence[ServiceLevel]
    measurements: Mapping[str, Measurement]
    fees: Money
    credit: Money


def close(books: Books, row: ServiceMonth) -> bool:
    """Close a month and raise its credit; False while work of the month waits to be accepted."""
    contract = books.get(Contract, row.contract_id)
    levels = levels_of(books, contract, row.month)
    measurements = standing(books, contract, row.month)
    below = _missed(contract, row, levels, measurements)
    if undecided(books, contract, row.month):
        return False
    before = closings(books, row)
    fees = accepted_fees(books, contract, row.month)
    counted = total([Money(each.fees_minor, fees.currency) for each in before], fees.currency)
    row.fees_minor = (fees - counted).minor
    row.sheets = accepted_sheets(books, contract, row.month) - sum(each.sheets for each in before)
    row.closed_on = books.as_of
    names = ", ".join(level.code for level in below) or "none"
    books.move(
        row, ServiceMonthStatus.CLOSED, because=f"{fees - counted} of fees; missed: {names}"
    )
    credit = service_credit(levels, below, fees - counted)
    if credit:
        _raise(books, row, _Closed(levels, below, measurements, fees - counted, credit))
    return True


def reopen(books: Books, row: ServiceMonth) -> None:
    """Open a further closing where work was accepted after the last one."""
    contract = books.get(Contract, row.contract_id)
    counted = sum(each.sheets for each in closings(books, row))
    if accepted_sheets(books, contract, row.month) > counted:
        open_month(books, contract, row.month)


def closings(books: Books, row: ServiceMonth) -> list[ServiceMonth]:
    """Return the closings of the same month that stand."""
    query = select(ServiceMonth).where(
        col(ServiceMonth.contract_id) == row.contract_id,
        col(ServiceMonth.month) == row.month,
        col(ServiceMonth.status) == ServiceMonthStatus.CLOSED,
    )
    return list(books.session.exec(query.order_by(col(ServiceMonth.number))))


def _missed(
    contract: Contract,
    row: ServiceMonth,
    levels: Sequence[ServiceLevel],
    measurements: Mapping[str, Measurement],
) -> tuple[ServiceLevel, ...]:
    counted = {code: Measured(each.good, each.total) for code, each in measurements.items()}
    try:
        return missed(levels, counted)
    except Unmeasured as refusal:
        raise Unmeasured(f"{contract.reference}, {row.month}: {refusal}") from refusal


def _raise(books: Books, row: ServiceMonth, closed: _Closed) -> None:
    contract = books.get(Contract, row.contract_id)
    names = ", ".join(level.code for level in closed.below)
    reporters = sorted({each.reported_by for each in closed.measurements.values()})
    credit = Credit(
        kind=KIND,
        month=row.month,
        source=row,
        net=closed.credit,
        sentence=f"{names} missed in {row.month}: {closed.credit} of {closed.fees} of fees",
        basis={
            "month": row.month,
            "fees": repr(closed.fees),
            "levels": [_shown(level, closed) for level in closed.levels],
            "credited_share_e6": credited_share(closed.levels, closed.below),
            "rounding": "half up, once",
        },
        raised_by=" ".join(reporters),
    )
    raise_credit(books, contract, credit)


def _shown(level: ServiceLevel, closed: _Closed) -> dict[str, object]:
    measured = closed.measurements[level.code]
    return {
        "level": level.code,
        "measurement": measured.reference,
        "good": measured.good,
        "total": measured.total,
        "target_e6": level.target_e6,
        "missed": level in closed.below,
        "credit_e6": level.credit_e6,
        "monthly_cap_e6": level.monthly_cap_e6,
    }
