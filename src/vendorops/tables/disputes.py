"""Disputes with suppliers: what each side said, what was agreed, and the credits it brought."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.disputing import SIDES
from vendorops.domain.lifecycle import DisputeStatus, Status
from vendorops.tables.columns import (
    Row,
    day,
    lifecycle,
    link,
    once_where,
    one_of,
    strict,
    text,
    whole,
)

OVER = "('closed', 'withdrawn', 'lapsed')"
CREDITED_BY = ("", "note", "memo", "none")
"""How an agreed credit comes back: the supplier's note, our memo, or, for what was never paid, no
document at all."""


class Dispute(Row, table=True):
    """An amount of a claim, without tax, that supplier and buyer do not agree on.

    With a finding it is what a match did not explain, which nobody pays until it is agreed.
    Without one it is of work that was matched, which is paid unless it is credited.
    """

    __table_args__ = strict(
        lifecycle(DisputeStatus),
        UniqueConstraint("reference"),
        one_of("opened_side", SIDES),
        one_of("clock_owner", SIDES),
        one_of("credit_by", CREDITED_BY),
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint(
            "credit_minor >= 0 AND credit_minor <= amount_minor AND noted_minor >= 0"
            " AND noted_minor <= credit_minor AND (credit_minor = 0) = (credit_by = '')",
            name="credit",
        ),
        CheckConstraint(
            "(credit_by <> 'memo' OR difference_id IS NULL)"
            " AND (credit_by <> 'none' OR difference_id IS NOT NULL)",
            name="credit_by_fits",
        ),
        CheckConstraint("due_on >= clock_since", name="due"),
        once_where("uq_dispute_one_underway", ("difference_id",), f"status NOT IN {OVER}"),
    )
    states: ClassVar[type[Status]] = DisputeStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {"clock_owner", "clock_since", "due_on", "credit_minor", "credit_by", "noted_minor"}
        | {"outcome_by", "outcome_on", "outcome_reason", "ended_on"}
    )

    reference: str = text()
    invoice_id: int = link("invoice")
    invoice_line_id: int | None = link("invoiceline", optional=True)
    """None where it is about the whole document."""
    difference_id: int | None = link("difference", optional=True)
    """The finding it is about."""
    reason: str = text()
    """A code of domain/matching.Reason, or of domain/disputing.BESIDES."""
    amount_minor: int = whole()
    currency: str = text()
    opened_by: str = text()
    opened_side: str = text()
    opened_on: date = day()
    clock_owner: str = text()
    """Who owes the next word, or the credit that was agreed."""
    clock_since: date = day()
    due_on: date = day()
    credit_minor: int = whole(default=0)
    """What of the amount the supplier does not get, as proposed or agreed; the rest it gets."""
    credit_by: str = text(default="")
    noted_minor: int = whole(default=0)
    """How much of the credit has come as notes of the supplier."""
    outcome_by: str | None = text(default=None)
    outcome_on: date | None = day(default=None)
    outcome_reason: str = text(default="")
    ended_on: date | None = day(default=None)
    status: str = text(default=DisputeStatus.OPEN.value, index=True)


class DisputeMessage(Row, table=True):
    """What somebody said in a dispute, and whose turn it was from then on; never edited."""

    __table_args__ = strict(
        UniqueConstraint("dispute_id", "number"),
        one_of("side", SIDES),
        one_of("clock_owner", SIDES),
        CheckConstraint("number > 0 AND length(words) > 1", name="said"),
    )
    witnessed: ClassVar[bool] = True

    dispute_id: int = link("dispute", led=True)
    number: int = whole()
    side: str = text()
    written_by: str = text()
    written_on: date = day()
    words: str = text()
    clock_owner: str = text()
    due_on: date = day()


class DisputeEvidence(Row, table=True):
    """A file that a message brought, kept by its hash."""

    __table_args__ = strict(UniqueConstraint("dispute_message_id", "sha256"))
    witnessed: ClassVar[bool] = True

    dispute_message_id: int = link("disputemessage", led=True)
    sha256: str = text()


class DisputeCredit(Row, table=True):
    """The part of an agreed credit that one document brings back; never edited."""

    __table_args__ = strict(
        UniqueConstraint("dispute_id", "invoice_id"),
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("offset_minor IN (0, amount_minor)", name="offset"),
        CheckConstraint(
            "(invoice_id IS NULL) <> (credit_memo_id IS NULL)"
            " AND (credit_memo_id IS NULL OR offset_minor = 0)",
            name="one_document",
        ),
    )
    witnessed: ClassVar[bool] = True

    dispute_id: int = link("dispute", led=True)
    invoice_id: int | None = link("invoice", optional=True)
    """The supplier's credit note."""
    credit_memo_id: int | None = link("creditmemo", optional=True, unique=True)
    """Our memo."""
    amount_minor: int = whole()
    offset_minor: int = whole()
    """What of it is not taken off what is paid, as it was never paid or a memo took it off."""
    credited_on: date = day()


class LineAdjustment(Row, table=True):
    """How much more than a match explained is paid of a line, because a dispute came to it.

    Of a finding it is what is paid as claimed; of a line of a credit note what is not taken off.
    """

    __table_args__ = strict(
        UniqueConstraint("dispute_id", "difference_id"),
        CheckConstraint("amount_minor > 0", name="amount"),
    )
    witnessed: ClassVar[bool] = True

    dispute_id: int = link("dispute", led=True)
    difference_id: int = link("difference")
    amount_minor: int = whole()
    adjusted_on: date = day()
