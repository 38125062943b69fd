"""Gathers what a match is told: the claims, their lines and work by column, and what holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection
from sqlmodel.sql.expression import SelectOfScalar

from vendorops.books import Books
from vendorops.books.columns import fill_columns
from vendorops.domain.matching import ONE, TermFacts
from vendorops.domain.matching.columns import NONE, Flags, LineColumns, Whole
from vendorops.domain.periods import Period
from vendorops.stages.reconciliation.claims import (
    claims_of,
    divisors,
    flaws,
    served,
    sums_of,
    tight_rooms,
    totals,
)
from vendorops.stages.reconciliation.reading import Read, read_lines
from vendorops.stages.reconciliation.temporary import CLAIM
from vendorops.stages.reconciliation.terms import TermsOf, of_claims, read
from vendorops.tables import Reconciliation

LINES_OF_A_CLAIM = 2**32
"""More than any claim has."""


@dataclass(frozen=True)
class Facts:
    """What the claims of some reconciliations are judged by."""

    claims: Sequence[Any]
    """In the order of reconciliations and references; so are the lines."""
    claim: Whole
    """The position of the claim of each line."""
    flaws: Whole
    """Of each claim as a whole."""
    totals: Whole
    """How far the lines of each claim may stray together."""
    reconciliation: Whole
    """The reconciliation of each claim."""
    read: Read
    lines: LineColumns
    terms: TermsOf
    rooms: Mapping[int, int]
    """By contract, what is left of caps that could be exceeded."""
    month: Period
    live: bool
    """Judged now; else by what the reconciliations sealed of the work."""

    def of_claims(self, values: Sequence[Any]) -> Any:  # noqa: ANN401 - an array of them.
        """Return for each line what holds for its claim."""
        return np.array(values)[self.claim]


def gathered(
    books: Books,
    of: Sequence[Reconciliation],
    invoices: SelectOfScalar[int],
    *,
    live: bool,
) -> Facts:
    """Read claims of one month and of a supplier each, and what they are compared with."""
    connection = books.session.connection()
    rules = {"contracts": [each for row in of for each in read(row.rules)["contracts"]]}
    place = {row.supplier_id: row.id for row in of}
    claims = claims_of(books, invoices, place)
    reconciliation = np.array([place[row.supplier_id] for row in claims], np.int64)
    _enter(connection, claims, reconciliation.tolist())
    lines, claim = _in_order(read_lines(connection, live=live), claims)
    sums = sums_of(claims, lines, claim)
    tolerances = of_claims(rules)
    against = flaws(claims, sums, tolerances)
    terms = TermsOf(rules, {row.contract: row.contract_id for row in claims})
    month = Period.month(of[0].month)
    columns = _columns(claims, lines, claim, against, _Compared(terms, month))
    return Facts(
        claims=claims,
        claim=claim,
        flaws=against,
        totals=totals(claims, tolerances),
        reconciliation=reconciliation,
        read=lines,
        lines=columns,
        terms=terms,
        rooms=tight_rooms(claims, sums, rules),
        month=month,
        live=live,
    )


def _enter(connection: Connection, claims: Sequence[Any], reconciliation: Sequence[int]) -> None:
    """Enter claims for their lines to be joined with."""
    columns = {
        "invoice_id": [row.id for row in claims],
        "reconciliation_id": reconciliation,
        "contract_id": [row.contract_id for row in claims],
        "supplier_id": [row.supplier_id for row in claims],
    }
    arrays = {name: np.array(column, np.int64) for name, column in columns.items()}
    fill_columns(connection, CLAIM.name, arrays)
    if connection.dialect.name == "postgresql":
        # Nobody else tells it how many there are, and it plans by that.
        connection.exec_driver_sql(f"ANALYZE {CLAIM.name}")


def _in_order(lines: Read, claims: Sequence[Any]) -> tuple[Read, Whole]:
    """Return lines claim by claim, and the position of the claim of each."""
    idents = np.array([row.id for row in claims], np.int64)
    by_key = np.argsort(idents)
    claim = by_key[np.searchsorted(idents[by_key], lines.invoice_id)]
    place = claim * LINES_OF_A_CLAIM + lines.line
    if (place[1:] > place[:-1]).all():  # As they are entered, and so as they are read.
        return lines, claim
    order = np.argsort(place)
    return lines.ordered(order), claim[order]


@dataclass(frozen=True)
class _Compared:
    """What holds for work by its kind and day."""

    terms: TermsOf
    month: Period

    def limits(self, contract: Whole, claim: Whole, lines: Read) -> list[Whole]:
        """Return category and rate of the tax that is due, tolerances, and 1 below the grade.

        They are asked for once for each contract, kind of work, day and grade that there is.
        `contract` is that of each claim.
        """
        told = (lines.term, lines.performed_on, lines.grade)
        contracts, of_claim = np.unique(contract, return_inverse=True)
        keys = [of_claim[claim], *(column.at for column in told)]
        first, which = _distinct(keys)
        categories = lines.tax_category.values.tolist()
        found = []
        for of, *at in zip(*(column[first].tolist() for column in keys), strict=True):
            kind, day, grade = (column.values[each] for column, each in zip(told, at, strict=True))
            terms = self.terms.on(int(contracts[of]), kind, day) if kind else None
            found.append(_limits(terms, grade or "", categories))
        return [*np.array(found, np.int64).reshape(-1, 7).T[:, which]]

    def in_month(self, lines: Read) -> Flags:
        """Tell of each line whether its work may be claimed in the month; see `belongs`."""
        first, end = self.month.start.isoformat(), self.month.end.isoformat()
        later = lines.performed_on.flags(lambda day: day >= end)
        earlier = lines.performed_on.flags(lambda day: day < first)
        before = lines.accepted_on.flags(lambda day: day < first) & (lines.accepted > 0)
        timely: Flags = ~later & ~(earlier & before & (lines.claimed == 0))
        return timely


def _limits(terms: TermFacts | None, grade: str, categories: Sequence[str]) -> tuple[int, ...]:
    if terms is None:
        return (NONE, NONE, NONE, 0, NONE, 0, 0)
    due = (NONE, NONE)
    if terms.tax:
        # One that no line has differs from all.
        known = terms.tax.category in categories
        at = categories.index(terms.tax.category) if known else len(categories)
        due = (at, terms.tax.rate_e4)
    price, spare = terms.price, terms.quantity
    return (
        *due,
        *(min(price.share_e6, ONE), price.amount_minor),
        *(min(spare.share_e6, ONE), spare.amount_minor),
        int(terms.forbids(grade)),
    )


def _distinct(keys: Sequence[Whole]) -> tuple[Whole, Whole]:
    """Return where each different combination of some columns is met first, and which each is.

    Columns are numbers from zero on.
    """
    combined = np.zeros_like(keys[0])
    for column in keys:
        combined = combined * (int(column.max(initial=0)) + 1) + column
    _, first, which = np.unique(combined, return_index=True, return_inverse=True)
    return first, which


def _columns(
    claims: Sequence[Any], lines: Read, claim: Whole, against: Whole, compared: _Compared
) -> LineColumns:
    """Return the facts of lines as the rule of the match takes them."""
    contract = np.array([row.contract_id for row in claims], np.int64)
    kinds = np.array([row.kind for row in claims], np.str_)
    currencies = {name: at for at, name in enumerate(lines.currency.values)}
    claimed_in = [currencies.get(row.currency, NONE) for row in claims]
    category, rate, *limits, below = compared.limits(contract, claim, lines)
    return LineColumns(
        turn=served(claims)[claim] * LINES_OF_A_CLAIM + lines.line,
        flaw_of_claim=against[claim],
        credit_note=(kinds == "credit_note")[claim],
        statement=(kinds == "statement")[claim],
        divisor=divisors(claims)[claim],
        **{name: getattr(lines, name) for name in ("quantity", "price", "net", "tax_rate")},
        tax_category=lines.tax_category.at,
        **{name: getattr(lines, name) for name in ("work", "unnamed", "accepted", "claimed")},
        same_currency=np.array(claimed_in, np.int64)[claim] == lines.currency.at,
        in_month=compared.in_month(lines),
        agreed=lines.agreed,
        below_grade=below == 1,
        due_category=category,
        due_rate=rate,
        **dict(
            zip(("price_share", "price_minor", "spare_share", "spare_minor"), limits, strict=True)
        ),
    )
