"""Whether the other side agrees to a settlement, and from when on we ask it."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import ConfirmationStatus, Status
from vendorops.tables.columns import Row, day, lifecycle, link, one_of, strict, text, whole


class ConfirmationPolicy(Row, table=True):
    """Whether suppliers are asked about settlements calculated from a day on; never edited."""

    __table_args__ = strict(
        UniqueConstraint("valid_from"),
        one_of("confirmation", ("none", "asked", "required")),
        one_of("silence", ("waits", "agrees")),
        CheckConstraint("days > 0", name="days"),
    )
    witnessed: ClassVar[bool] = True

    confirmation: str = text()
    """`none`: nobody is asked; `asked`: a dispute stops payment; `required`: so does silence."""
    silence: str = text()
    """What no answer in time comes to."""
    days: int = whole()
    """Calendar days in which the supplier may answer."""
    valid_from: date = day()
    cite: str = text()
    """Where it was decided."""


class SettlementConfirmation(Row, table=True):
    """A settlement's statement, shown to the payee, and what it said."""

    __table_args__ = strict(
        lifecycle(ConfirmationStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("settlement_id"),
        CheckConstraint("round > 0 AND required IN (0, 1)", name="figures"),
        CheckConstraint("due_on >= shown_on", name="due"),
    )
    states: ClassVar[type[Status]] = ConfirmationStatus
    filled_later: ClassVar[frozenset[str]] = frozenset({"required", "round", "shown_on", "due_on"})

    reference: str = text()
    settlement_id: int = link("settlement", led=True)
    policy_id: int | None = link("confirmationpolicy", optional=True)
    """What had it shown; none where the payee spoke up by itself."""
    content_sha256: str = text()
    """Content of the settlement: what was shown, and what is answered."""
    required: int = whole()
    """1 where nothing is paid before it is confirmed."""
    round: int = whole(default=1)
    """One more each time it was shown again after a dispute."""
    shown_on: date = day()
    due_on: date = day()
    """Last day on which the payee may answer."""
    status: str = text(default=ConfirmationStatus.SHOWN.value, index=True)
