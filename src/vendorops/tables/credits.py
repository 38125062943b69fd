"""What suppliers owe us back by rule, and which settlements it was taken off."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import CreditMemoStatus, Status
from vendorops.tables.columns import Row, day, lifecycle, link, one_of, strict, text, whole

BORNE_BY = ("supplier", "client", "returned")


class CreditMemo(Row, table=True):
    """What a rule of a contract takes off what we owe (UNTDID 1001: 261, self-billed credit).

    Amounts are above zero; a settlement takes them off. What the client bears, such as a program
    fee that it funds, is booked as a cost of its own instead, and no settlement knows of it.
    """

    __table_args__ = strict(
        lifecycle(CreditMemoStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("kind", "source_table", "source_id"),
        CheckConstraint("net_minor > 0 AND tax_minor >= 0", name="amounts"),
        one_of("borne_by", BORNE_BY),
        CheckConstraint("applied_minor >= 0 AND applied_minor <= net_minor", name="applied"),
    )
    states: ClassVar[type[Status]] = CreditMemoStatus
    filled_later: ClassVar[frozenset[str]] = frozenset({"applied_minor"})

    reference: str = text()
    contract_id: int = link("contract")
    kind: str = text()
    """Why: guarantee, service_level, late_delivery, correction, volume_discount, rebate …"""
    borne_by: str = text(default="supplier")
    """`supplier`: a settlement takes it off; `client`: it is added to our own cost; `returned`: a
    settlement adds what was taken off wrongly."""
    month: str = text(index=True)
    """The month from whose settlement on it is taken off."""
    source_table: str = text()
    """What it follows from, such as a placement that ended; credited once."""
    source_id: int = whole()
    source_reference: str = text()
    sentence: str = text()
    """The calculation in one sentence, as the supplier reads it."""
    basis: str = text()
    """The calculation as canonical JSON: facts, rule, rounding."""
    currency: str = text()
    net_minor: int = whole()
    tax_category: str = text()
    """That of what it takes back (UNCL 5305)."""
    tax_rate_e4: int = whole()
    tax_minor: int = whole()
    applied_minor: int = whole(default=0)
    """How much of the net has been taken off sealed settlements."""
    raised_by: str = text()
    """Who reported the facts it follows from, and therefore may not issue it: handles."""
    raised_on: date = day()
    status: str = text(default=CreditMemoStatus.DRAFT.value, index=True)


class SettlementCredit(Row, table=True):
    """The part of a credit memo that one settlement takes off; never edited.

    Below zero where it is returned.
    """

    __table_args__ = strict(
        UniqueConstraint("settlement_id", "credit_memo_id"),
        CheckConstraint(
            "(net_minor > 0 AND tax_minor >= 0) OR (net_minor < 0 AND tax_minor <= 0)",
            name="amounts",
        ),
    )

    settlement_id: int = link("settlement")
    credit_memo_id: int = link("creditmemo")
    net_minor: int = whole()
    tax_minor: int = whole()
