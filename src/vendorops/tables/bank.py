"""What passes between us and our banks: how they want to be told."""

from datetime import date
from typing import ClassVar

from sqlalchemy import UniqueConstraint

from vendorops.tables.columns import Row, day, link, strict, text


class PaymentChannel(Row, table=True):
    """How the bank of one of our accounts takes payments, from a day on; never edited."""

    __table_args__ = strict(UniqueConstraint("bank_account_id", "valid_from"))
    witnessed: ClassVar[bool] = True

    bank_account_id: int = link("bankaccount", led=True)
    format: str = text()
    """A module of payments/."""
    details: str = text(default="{}")
    """What the bank wants to be told besides, as canonical JSON."""
    valid_from: date = day()
    entered_by: str = text()
