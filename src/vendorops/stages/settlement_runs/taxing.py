"""Assesses the tax of many payees by column, and what one of each kind of them rests on by row.

The law's rule on columns computes the amounts. What they rest on, and what a person should know,
the rule for one payment tells of the first payee of each kind; where it does not come to the very
same tax, or there are several taxes, that kind of payee is left to be settled one by one.
"""

from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np
from sqlalchemy import Integer, cast, func, select
from sqlmodel import col

from vendorops.books import Books
from vendorops.domain.finding import Finding
from vendorops.domain.jurisdiction import PayerKind
from vendorops.domain.lifecycle import WithholdingStatus
from vendorops.domain.periods import Period
from vendorops.domain.withholding_columns import PaymentColumns, YearColumns
from vendorops.law import jurisdiction
from vendorops.paying.withholding import Assessed, assess_on
from vendorops.stages.settlement_runs.columns import Flags, Payees, Whole
from vendorops.stages.settlement_runs.grouping import Together
from vendorops.stages.settlement_runs.reading import AT_ONCE
from vendorops.tables import Contract, LegalEntity, Settlement, Withholding


@dataclass(frozen=True)
class Kind:
    """Payees whose tax rests on the same: what every row of it says, and what is found of it."""

    columns: dict[str, Any]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Taxed:
    """The tax of the payees that are settled together."""

    base: Whole
    amount: Whole
    kind: Whole
    """Which of the kinds each is of."""
    kinds: dict[int, Kind]

    def at(self, chosen: Flags) -> "Taxed":
        """Return the tax of those that are chosen."""
        return replace(
            self, base=self.base[chosen], amount=self.amount[chosen], kind=self.kind[chosen]
        )


def taxed(
    books: Books, entity: LegalEntity, together: Together, some: Payees
) -> tuple[Flags, Taxed] | None:
    """Return which payees of one program, place and scheme are settled together, and their tax.

    None where no single tax applies that is written for columns.
    """
    day = together.day
    rows = assess_on(books, _alone(books, together, some, 0), day)
    law = jurisdiction(together.place)
    if len(rows) != 1 or law.tax(rows[0].columns["tax"]).bulk is None:
        return None
    code = rows[0].columns["tax"]
    answer, _ = law.withheld_bulk(code, _columns(books, entity, (together, code), some), day)
    if answer.alike is None or answer.added is None:
        return None
    base = np.maximum(answer.added, answer.amount)
    kinds: dict[int, Kind] = {}
    for number in np.unique(answer.alike[answer.alike >= 0]).tolist():
        at = int(np.flatnonzero(answer.alike == number)[0])
        told = assess_on(books, _alone(books, together, some, at), day)
        if _is(told, code, int(base[at]), int(answer.amount[at])):
            kinds[number] = Kind(told[0].columns, told[0].findings)
    chosen = np.isin(answer.alike, list(kinds))
    if not chosen.any():
        return None
    return chosen, Taxed(base, answer.amount, answer.alike, kinds).at(chosen)


def _is(told: list[Assessed], code: str, base: int, amount: int) -> bool:
    if len(told) != 1:
        return False
    row = told[0].columns
    return (row["tax"], row["base_minor"], row["amount_minor"]) == (code, base, amount)


def _alone(books: Books, together: Together, some: Payees, at: int) -> Settlement:
    """Return what the rule for one payment asks of a settlement; it is not entered."""
    of = some.contracts
    return Settlement(
        id=books.key(),
        contract_id=int(of.contract_id[at]),
        supplier_id=int(of.supplier_id[at]),
        currency=together.currency,
        net_minor=int(of.net[at]),
        tax_minor=int(of.tax[at]),
    )


def _columns(
    books: Books, entity: LegalEntity, asked: tuple[Together, str], some: Payees
) -> PaymentColumns:
    together, _ = asked
    day = together.day
    months = np.zeros((2, len(some), day.month), np.int64)
    parties = some.contracts.party_id
    order = np.argsort(parties)
    party, month, *sums = _earlier(books, entity, asked, parties)
    at = order[np.searchsorted(parties, party, sorter=order) % len(some)]
    mine = parties[at] == party  # A party is in a run once.
    for each, found in zip(months, sums, strict=True):
        np.add.at(each, (at[mine], month[mine] - 1), found[mine])
    income, withheld = months
    since = entity.platform_since
    return PaymentColumns(
        payer=PayerKind.PLATFORM if since else PayerKind.ENTERPRISE,
        currency=together.currency,
        earlier_income=income[:, -1],
        earlier_withheld=withheld[:, -1],
        payment=some.contracts.net,
        registered_platform=since is not None and since <= day,
        year=YearColumns(income[:, :-1], withheld[:, :-1]),
    )


def _earlier(
    books: Books, entity: LegalEntity, asked: tuple[Together, str], parties: Whole
) -> Whole:
    """Return party, month, income and tax of what was taxed so before in the year, a row each."""
    together, code = asked
    day = together.day
    query = (
        select(
            col(Withholding.party_id),
            cast(func.substr(col(Withholding.month), 6), Integer),
            col(Withholding.income_minor),
            col(Withholding.amount_minor),
        )
        .join(Settlement, col(Settlement.id) == col(Withholding.settlement_id))
        .join(Contract, col(Contract.id) == col(Settlement.contract_id))
        .where(
            col(Withholding.party_id).between(int(parties.min()), int(parties.max())),
            col(Withholding.tax) == code,
            col(Withholding.place) == together.place,
            col(Withholding.currency) == together.currency,
            col(Withholding.month).between(f"{day.year}-01", Period.month_of(day).label),
            col(Withholding.status) != WithholdingStatus.CANCELLED.value,
            col(Contract.legal_entity_id) == entity.id,
        )
    )
    streamed = query.execution_options(yield_per=AT_ONCE)
    with books.session.connection().execute(streamed) as rows:
        each = chain.from_iterable(rows.partitions())  # Row by row the driver is asked for each.
        flat = np.fromiter(chain.from_iterable(each), np.int64)
    return flat.reshape(-1, 4).T
