"""Lists the claims of a month in order: where the lines of each begin, and whether it adds up."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, groupby
from typing import Any

from sqlalchemy import func, literal_column
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from vendorops.books import Books
from vendorops.domain.matching import DocumentFacts, ToleranceFacts, flaw_of_claim, share_of
from vendorops.domain.measure import PRICE_PLACES, QUANTITY_PLACES
from vendorops.domain.money import Rounding, exponent, rounded
from vendorops.domain.tax_share import RATE_SCALE
from vendorops.tables import Contract, Invoice, InvoiceLine

LINES_MINOR = "COALESCE(SUM(invoiceline.net_minor), 0)"
MOST_MINOR = """
COALESCE(SUM(CASE WHEN invoiceline.net_minor > 0 THEN invoiceline.net_minor ELSE 0 END), 0)
"""
TAX_BY_LINE = """
COALESCE(SUM(COALESCE(invoiceline.tax_minor,
  invoiceline.net_minor / 10000 * invoiceline.tax_rate_e4
  + invoiceline.net_minor % 10000 * invoiceline.tax_rate_e4 / 10000
  + 2 * (invoiceline.net_minor % 10000 * invoiceline.tax_rate_e4 % 10000) / 10000)), 0)
"""
"""Each line's own tax: as stated, else net times rate rounded half up, within 64 bits."""


@dataclass(frozen=True)
class Head:
    """A claim with the sums of its lines."""

    row: Any
    """The columns of its invoice that the match needs, and its contract's reference."""
    lines: int
    document: DocumentFacts
    most_minor: int
    """The most that could be paid of it: its lines above zero."""


def heads_of(books: Books, invoices: SelectOfScalar[int], place: Mapping[int, int]) -> list[Head]:
    """Return the claims reconciliation by reconciliation, each in the order of references.

    `place` tells the reconciliation of each supplier.
    """
    rows = sorted(_sums(books, invoices), key=lambda row: (place[row.supplier_id], row.reference))
    return [_head(list(sums)) for _, sums in groupby(rows, key=lambda row: row.reference)]


def claims(
    found: Sequence[Head],
    tolerances: Mapping[str, tuple[ToleranceFacts, ToleranceFacts | None]],
    place: Mapping[int, int],
) -> list[dict[str, Any]]:
    """Return the rows of the table of claims, given what holds for those of each contract.

    That is the tolerance for their tax, and the one for all that their lines stray, if any.

    Lines are numbered through in the order in which claims are given. They are served in
    another: by issue date first, so that of two claims for the same work the earlier is paid.
    """
    served = sorted(found, key=lambda head: (head.row.issue_date, head.row.reference))
    before = _before(found)
    queue = _before(served)
    return [
        {
            "invoice_id": head.row.id,
            "reconciliation_id": place[head.row.supplier_id],
            "contract_id": head.row.contract_id,
            "before": before[head.row.id],
            "queue": queue[head.row.id],
            "divisor": 10 ** (QUANTITY_PLACES + PRICE_PLACES - exponent(head.row.currency)),
            "total_minor": _total(head, tolerances[head.row.contract][1]),
            "flaw": flaw_of_claim(head.document, tolerances[head.row.contract][0]) or "",
        }
        for head in found
    ]


def _total(head: Head, tolerance: ToleranceFacts | None) -> int | None:
    """Return how far the lines of a claim may stray together: both limits hold."""
    if tolerance is None:
        return None
    return min(share_of(head.document.net_minor, tolerance), tolerance.amount_minor)


def tight_rooms(found: Sequence[Head], rules: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what is left of the caps that all the lines of their claims could exceed."""
    left = {each["contract"]: each["room_minor"] for each in rules["contracts"]}
    most: Counter[tuple[str, int]] = Counter()
    for head in found:
        most[head.row.contract, head.row.contract_id] += head.most_minor
    return [
        {"contract_id": ident, "room": left[reference]}
        for (reference, ident), minor in most.items()
        if minor > left[reference]
    ]


def _sums(books: Books, invoices: SelectOfScalar[int]) -> Sequence[Any]:
    """Return the sums of each claim's lines, apart for each tax category and rate."""
    query = (
        select(  # type: ignore[call-overload]  # SQLModel knows no select of so many columns.
            col(Invoice.id),
            col(Invoice.reference),
            col(Invoice.supplier_id),
            col(Invoice.contract_id),
            col(Invoice.issue_date),
            col(Invoice.currency),
            col(Invoice.net_minor),
            col(Invoice.tax_minor),
            col(Contract.reference).label("contract"),
            col(InvoiceLine.tax_rate_e4).label("rate_e4"),
            func.coalesce(func.max(InvoiceLine.line), 0).label("lines"),
            literal_column(LINES_MINOR).label("lines_minor"),
            literal_column(MOST_MINOR).label("most_minor"),
            literal_column(TAX_BY_LINE).label("tax_by_line_minor"),
        )
        .join(Contract, col(Contract.id) == col(Invoice.contract_id))
        .outerjoin(InvoiceLine, col(InvoiceLine.invoice_id) == col(Invoice.id))
        .where(col(Invoice.id).in_(invoices))
        .group_by(
            col(Invoice.id),
            col(Contract.reference),
            col(InvoiceLine.tax_category),
            col(InvoiceLine.tax_rate_e4),
        )
    )
    return books.session.exec(query).all()  # type: ignore[no-any-return]  # as above.


def _head(sums: list[Any]) -> Head:
    net = sum(int(row.lines_minor) for row in sums)
    by_rate = sum(
        rounded(Fraction(int(row.lines_minor) * (row.rate_e4 or 0), RATE_SCALE), Rounding.HALF_UP)
        for row in sums
    )
    by_line = sum(int(row.tax_by_line_minor) for row in sums)
    first = sums[0]
    document = DocumentFacts(first.net_minor, net, first.tax_minor, by_rate, by_line)
    most = sum(int(row.most_minor) for row in sums)
    return Head(first, max(row.lines for row in sums), document, most)


def _before(heads: Sequence[Head]) -> dict[int, int]:
    """Return how many lines come before those of each claim."""
    starts: Iterator[int] = accumulate((head.lines for head in heads), initial=0)
    return {head.row.id: start for head, start in zip(heads, starts, strict=False)}
