"""Assesses the tax of many payees by column, and what one of each kind of them rests on by row.

The law's rule on columns computes the amounts. What they rest on, and what a person should know,
the rule for one payment tells of the first payee of each kind; where it does not come to the very
same tax, or there are several taxes, that kind of payee is left to be settled one by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select
from sqlmodel import col

from vendorops.books import Books
from vendorops.domain.finding import Finding
from vendorops.domain.jurisdiction import PayerKind
from vendorops.domain.lifecycle import WithholdingStatus
from vendorops.domain.periods import Period
from vendorops.domain.withholding_columns import PaymentColumns, YearColumns
from vendorops.law import jurisdiction
from vendorops.paying.withholding import Assessed, assess_on
from vendorops.stages.settlement_runs.reading import Payee
from vendorops.tables import Contract, LegalEntity, Settlement, Withholding

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Kind:
    """Payees whose tax rests on the same: what every row of it says, and what is found of it."""

    columns: dict[str, Any]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Taxed:
    """The tax of the payees that are settled together; `at` are their positions."""

    at: Whole
    base: Whole
    amount: Whole
    kind: Whole
    kinds: dict[int, Kind]


def taxed(books: Books, entity: LegalEntity, some: Sequence[Payee], day: date) -> Taxed | None:
    """Return the tax of payees of one program, place and scheme who are paid on a day.

    None where no single tax applies that is written for columns.
    """
    first = some[0].first
    rows = assess_on(books, _alone(books, some[0]), day)
    law = jurisdiction(first.place)
    if len(rows) != 1 or law.tax(rows[0].columns["tax"]).bulk is None:
        return None
    code = rows[0].columns["tax"]
    answer, _ = law.withheld_bulk(code, _columns(books, entity, some, (code, day)), day)
    if answer.alike is None or answer.added is None:
        return None
    base = np.maximum(answer.added, answer.amount)
    kinds: dict[int, Kind] = {}
    for number in np.unique(answer.alike[answer.alike >= 0]).tolist():
        at = int(np.flatnonzero(answer.alike == number)[0])
        told = assess_on(books, _alone(books, some[at]), day)
        if _is(told, code, int(base[at]), int(answer.amount[at])):
            kinds[number] = Kind(told[0].columns, told[0].findings)
    some_of = np.flatnonzero(np.isin(answer.alike, list(kinds)))
    if not some_of.size:
        return None
    kept = (base[some_of], answer.amount[some_of], answer.alike[some_of])
    return Taxed(some_of, *kept, kinds)


def _is(told: list[Assessed], code: str, base: int, amount: int) -> bool:
    if len(told) != 1:
        return False
    row = told[0].columns
    return (row["tax"], row["base_minor"], row["amount_minor"]) == (code, base, amount)


def _alone(books: Books, payee: Payee) -> Settlement:
    """Return what the rule for one payment asks of a settlement; it is not entered."""
    first = payee.first
    return Settlement(
        id=books.key(),
        contract_id=first.contract_id,
        supplier_id=first.supplier_id,
        currency=first.currency,
        net_minor=payee.net_minor,
        tax_minor=sum(payee.taxes),
    )


def _columns(
    books: Books, entity: LegalEntity, some: Sequence[Payee], asked: tuple[str, date]
) -> PaymentColumns:
    _, day = asked
    place = {payee.first.party_id: at * day.month for at, payee in enumerate(some)}
    size = (len(some), day.month)
    income, withheld = (np.zeros(size, np.int64) for _ in range(2))
    found = [
        (place[party] + int(month[-2:]) - 1, int(paid), int(kept))
        for party, month, paid, kept in _earlier(books, entity, some, asked)
        if party in place
    ]
    at, paid, kept = np.array(found, np.int64).reshape(-1, 3).T
    income.flat[at], withheld.flat[at] = paid, kept  # A party has one row of a month.
    since = entity.platform_since
    return PaymentColumns(
        payer=PayerKind.PLATFORM if since else PayerKind.ENTERPRISE,
        currency=some[0].first.currency,
        earlier_income=income[:, -1],
        earlier_withheld=withheld[:, -1],
        payment=np.array([one.net_minor for one in some], np.int64),
        registered_platform=since is not None and since <= day,
        year=YearColumns(income[:, :-1], withheld[:, :-1]),
    )


def _earlier(
    books: Books, entity: LegalEntity, some: Sequence[Payee], asked: tuple[str, date]
) -> Sequence[Any]:
    """Return party, month, income and tax of what was taxed so before in the year."""
    code, day = asked
    first, parties = some[0].first, [payee.first.party_id for payee in some]
    query = (
        select(
            col(Withholding.party_id),
            col(Withholding.month),
            func.sum(col(Withholding.income_minor)),
            func.sum(col(Withholding.amount_minor)),
        )
        .join(Settlement, col(Settlement.id) == col(Withholding.settlement_id))
        .join(Contract, col(Contract.id) == col(Settlement.contract_id))
        .where(
            col(Withholding.party_id).between(min(parties), max(parties)),
            col(Withholding.tax) == code,
            col(Withholding.place) == first.place,
            col(Withholding.currency) == first.currency,
            col(Withholding.month).between(f"{day.year}-01", Period.month_of(day).label),
            col(Withholding.status) != WithholdingStatus.CANCELLED.value,
            col(Contract.legal_entity_id) == entity.id,
        )
        .group_by(col(Withholding.party_id), col(Withholding.month))
    )
    return books.session.connection().execute(query).all()
