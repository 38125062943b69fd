"""Lists the claims of a month in order: where the lines of each begin, and on what terms."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from vendorops.books import Books
from vendorops.domain.matching import ONE, ToleranceFacts, flaw_of_claim
from vendorops.domain.measure import PRICE_PLACES, QUANTITY_PLACES
from vendorops.domain.money import exponent
from vendorops.tables import Contract, Invoice, InvoiceLine


def claims(
    books: Books, invoices: SelectOfScalar[int], tolerances: Mapping[str, ToleranceFacts]
) -> list[dict[str, int | str]]:
    """Return the rows of the table of claims, in the order of their references.

    Lines are numbered through in that order. They are served in another: by issue date first, so
    that of two claims for the same work the earlier one is paid.
    """
    found = sorted(_heads(books, invoices), key=lambda head: head.reference)
    served = sorted(found, key=lambda head: (head.issue_date, head.reference))
    before = _before(found)
    queue = _before(served)
    return [
        {
            "invoice_id": head.id,
            "before": before[head.id],
            "queue": queue[head.id],
            "flaw": flaw_of_claim(head.net_minor, int(head.lines_minor)) or "",
            **_terms(head.currency, tolerances[head.contract]),
        }
        for head in found
    ]


def _heads(books: Books, invoices: SelectOfScalar[int]) -> Sequence[Any]:
    query = (
        select(  # type: ignore[call-overload]  # SQLModel knows no select of so many columns.
            col(Invoice.id),
            col(Invoice.reference),
            col(Invoice.issue_date),
            col(Invoice.currency),
            col(Invoice.net_minor),
            col(Contract.reference).label("contract"),
            func.coalesce(func.max(InvoiceLine.line), 0).label("lines"),
            func.coalesce(func.sum(InvoiceLine.net_minor), 0).label("lines_minor"),
        )
        .join(Contract, col(Contract.id) == col(Invoice.contract_id))
        .outerjoin(InvoiceLine, col(InvoiceLine.invoice_id) == col(Invoice.id))
        .where(col(Invoice.id).in_(invoices))
        .group_by(col(Invoice.id), col(Contract.reference))
    )
    return books.session.exec(query).all()  # type: ignore[no-any-return]  # as above.


def _before(heads: Sequence[Any]) -> dict[int, int]:
    """Return how many lines come before those of each claim."""
    starts: Iterator[int] = accumulate((head.lines for head in heads), initial=0)
    return {head.id: start for head, start in zip(heads, starts, strict=False)}


def _terms(currency: str, tolerance: ToleranceFacts) -> dict[str, int]:
    return {
        "divisor": 10 ** (QUANTITY_PLACES + PRICE_PLACES - exponent(currency)),
        "share_e6": min(tolerance.share_e6, ONE),
        "amount_minor": tolerance.amount_minor,
    }
