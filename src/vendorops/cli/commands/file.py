"""Prepare the tax returns of a month, and carry them as far as people have said."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import col, or_, select

from vendorops.books import Books
from vendorops.cli.laid_out import laid_out
from vendorops.cli.monthly import Section, amount, month_command, summary
from vendorops.cli.waiting import waits_for
from vendorops.domain.lifecycle import FilingStatus
from vendorops.tables import Filing, LegalEntity

FLOWS = ("filing", "returns", "delivery")
UNDERWAY = (
    *(FilingStatus.PREPARED, FilingStatus.CHECKED, FilingStatus.APPROVED),
    *(FilingStatus.WRITTEN, FilingStatus.SUBMITTED),
)


def _listing(books: Books) -> Iterator[Section]:
    """List the returns of the month, and older ones that are not accepted yet."""
    query = select(Filing).where(
        col(Filing.month) <= books.month.label,
        or_(col(Filing.month) == books.month.label, col(Filing.status).in_(UNDERWAY)),
    )
    found = books.session.exec(query.order_by(col(Filing.month), col(Filing.reference)))
    rows = [_filing(books, row) for row in found]
    yield Section("Tax returns", "return", rows)
    yield summary(rows, books.month.label, "returns", ("total",))


def _filing(books: Books, row: Filing) -> dict[str, Any]:
    return {
        "return": row.reference,
        "legal_entity": books.get(LegalEntity, row.legal_entity_id).code,
        "form": row.form,
        "month": row.month,
        "hand_in_by": row.due_on,
        "rows": row.rows,
        "total": amount(row.total_minor, row.currency),
        "file": laid_out(books, row.file_sha256),
        "status": row.status,
        **waits_for(books, row),
    }


command = month_command(
    "Prepare the tax returns of a month, lay them out once approved, list what waits.",
    FLOWS,
    _listing,
)
