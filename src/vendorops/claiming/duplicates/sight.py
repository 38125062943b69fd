"""A claim as it is compared with others: what its file says, without what we made of it."""

import re
from calendar import month_abbr, month_name
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from vendorops.books import Books
from vendorops.naming.numbers import NumberSkeleton, number_skeleton
from vendorops.tables import Invoice, InvoiceLine, WorkItem

_MONTHS = "|".join(filter(None, {*month_name, *month_abbr}))
PERIOD = re.compile(
    rf"(20\d\d\s*[-./年]\s*\d{{1,2}}|\d{{1,2}}\s*月|第?\s*\d{{1,2}}\s*周|\b(week|kw|q)\s*\d{{1,2}}\b"
    rf"|\b({_MONTHS})\b)",
    re.IGNORECASE,
)
"""How lines name the time that they are for."""
_HEAD = (
    *(col(Invoice.id), col(Invoice.reference), col(Invoice.supplier_id)),
    *(col(Invoice.contract_id), col(Invoice.kind), col(Invoice.number), col(Invoice.issue_date)),
    *(col(Invoice.currency), col(Invoice.net_minor), col(Invoice.gross_minor)),
)
_LINE = (
    *(col(InvoiceLine.invoice_id), col(InvoiceLine.work_item_id)),
    *(col(InvoiceLine.work_reference), col(InvoiceLine.description)),
    *(col(InvoiceLine.quantity_e4), col(InvoiceLine.net_minor), col(WorkItem.reference)),
)
_FIGURES = re.compile(r"\d+")
_BLANKS = re.compile(r"\W+")


class LineSight(NamedTuple):
    """One line of a claim."""

    work: int
    """Key of the work it names; 0 where that is not known."""
    text: str
    """Its words, and the reference that it gives where nobody knows that work."""
    quantity_e4: int
    net_minor: int
    named: str = ""
    """Reference of that work: what is looked for is kept without keys."""


@dataclass(frozen=True)
class ClaimSight:
    """One claim."""

    id: int
    reference: str
    supplier_id: int
    contract_id: int
    credit: bool
    number: NumberSkeleton
    issue_date: date
    currency: str
    net_minor: int
    gross_minor: int
    lines: tuple[LineSight, ...]

    @cached_property
    def said(self) -> Counter[tuple[str, int]]:
        """What the lines say, whatever it costs: words and quantities."""
        return Counter((line.text, line.quantity_e4) for line in self.lines)


def sights(books: Books, idents: Iterable[int]) -> list[ClaimSight]:
    """Return claims as they are compared, in the order of their keys."""
    wanted = sorted(idents)
    query = select(*_HEAD).where(col(Invoice.id).in_(wanted)).order_by(col(Invoice.id))
    lines = _lines(books, wanted)
    return [_sight(row, tuple(lines[row.id])) for row in books.session.execute(query)]


def _lines(books: Books, idents: list[int]) -> Mapping[int, list[LineSight]]:
    found: dict[int, list[LineSight]] = {ident: [] for ident in idents}
    query = (
        select(*_LINE)
        .outerjoin(WorkItem, col(WorkItem.id) == col(InvoiceLine.work_item_id))
        .where(col(InvoiceLine.invoice_id).in_(idents))
        .order_by(col(InvoiceLine.invoice_id), col(InvoiceLine.line))
    )
    for ident, work, written, text, quantity, net, named in books.session.execute(query):
        words = plain(text if work else f"{written} {text}")
        found[ident].append(LineSight(work or 0, words, quantity, net, named or ""))
    return found


def _sight(row: Any, lines: tuple[LineSight, ...]) -> ClaimSight:  # noqa: ANN401 - a database row.
    return ClaimSight(
        id=row.id,
        reference=row.reference,
        supplier_id=row.supplier_id,
        contract_id=row.contract_id,
        credit=row.kind == "credit_note",
        number=number_skeleton(row.number),
        issue_date=row.issue_date,
        currency=row.currency,
        net_minor=row.net_minor,
        gross_minor=row.gross_minor,
        lines=lines,
    )


@lru_cache(maxsize=2**12)
def plain(text: str) -> str:
    """Return the words of a line in small letters, parted by blanks."""
    return _BLANKS.sub(" ", text.casefold()).strip()


def without_figures(text: str) -> str:
    """Return the words of a line without figures and names of months.

    >>> without_figures(plain("Sorting, week 41")) == without_figures(plain("Sorting, week 42"))
    True
    """
    return _BLANKS.sub(" ", _FIGURES.sub(" ", PERIOD.sub(" ", text))).strip()
