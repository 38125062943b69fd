"""What suppliers were told of their invoices."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.tables.columns import Row, day, link, one_of, strict, text, whole

CODES = ("AB", "IP", "UQ", "CA", "RE", "AP", "PD")
"""UNCL4343, as Peppol restricts it."""


class InvoiceResponse(Row, table=True):
    """One answer to an invoice or credit note; the next state is another answer."""

    __table_args__ = strict(
        one_of("code", CODES),
        UniqueConstraint("reference"),
        UniqueConstraint("invoice_id", "number"),
        CheckConstraint("number > 0", name="number"),
    )
    witnessed: ClassVar[bool] = True
    filled_later: ClassVar[frozenset[str]] = frozenset({"file_sha256"})

    reference: str = text()
    invoice_id: int = link("invoice", led=True)
    number: int = whole()
    """One more than the answers before it."""
    code: str = text()
    content: str = text()
    """What it says, but the numbers of the parties: canonical JSON."""
    file_sha256: str = text()
    written_on: date = day()
