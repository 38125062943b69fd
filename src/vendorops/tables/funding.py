"""Money that clients pay in, from which suppliers are paid."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.tables.columns import Row, day, link, one_of, strict, text, whole


class FundingPolicy(Row, table=True):
    """Whether one of our companies pays only from funds its bank has confirmed; never edited."""

    __table_args__ = strict(
        UniqueConstraint("legal_entity_id", "valid_from"),
        one_of("payouts", ("any", "confirmed")),
    )
    witnessed: ClassVar[bool] = True

    legal_entity_id: int = link("legalentity", led=True)
    payouts: str = text()
    """`confirmed`: a batch above what stands on its funding account is not released."""
    valid_from: date = day()
    cite: str = text()
    """Where it was decided."""


class Funding(Row, table=True):
    """A line of the bank that a client paid in, or was paid back; once for each line."""

    __table_args__ = strict(
        UniqueConstraint("reference"),
        UniqueConstraint("bank_entry_id"),
        one_of("direction", ("in", "out")),
        CheckConstraint("amount_minor > 0", name="amount"),
    )
    witnessed: ClassVar[bool] = True

    reference: str = text()
    legal_entity_id: int = link("legalentity")
    bank_entry_id: int = link("bankentry", led=True)
    direction: str = text()
    amount_minor: int = whole()
    currency: str = text()
    confirmed_by: str = text()
    confirmed_on: date = day()
    reason: str = text()
