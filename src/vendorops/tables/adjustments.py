"""What a contract agrees beside its prices, and the lines that follow without any claim."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import AgreedTermStatus, Status
from vendorops.tables.columns import Row, day, lifecycle, link, one_of, strict, text, whole

TERM_KINDS = ("volume", "rebate", "program_fee", "matching", "pay_plan")
REASONS = (
    *("volume_discount", "volume_correction", "rebate", "rebate_correction"),
    *("program_fee", "program_fee_correction"),
)


class AgreedTerm(Row, table=True):
    """A term of a contract from a day on: one person proposes it, another one agrees.

    Nothing edits it: what changes is a later one of the same kind for the same work.
    """

    __table_args__ = strict(
        lifecycle(AgreedTermStatus),
        UniqueConstraint("reference"),
        one_of("kind", TERM_KINDS),
        CheckConstraint("counted_sheets >= 0", name="counted"),
    )
    states: ClassVar[type[Status]] = AgreedTermStatus
    filled_later: ClassVar[frozenset[str]] = frozenset({"closed_through", "counted_sheets"})

    reference: str = text()
    contract_id: int = link("contract")
    kind: str = text()
    categories: str = text(default="")
    """Term codes of the program between blanks, in order; empty: all that is accepted."""
    valid_from: date = day()
    facts: str = text()
    """What was agreed, as canonical JSON."""
    cite: str = text()
    """Where the parties agreed on it."""
    source_sha256: str = text()
    """The file as handed in."""
    proposed_by: str = text()
    proposed_on: date = day()
    closed_through: str = text(default="")
    """The last month whose lines were entered, such as `2026-10`; of a pay plan the last day."""
    counted_sheets: int = whole(default=0)
    """Accepted sheets of the contract when they were, of a pay plan its reported facts; more of
    them correct what was entered."""
    status: str = text(default=AgreedTermStatus.DRAFT.value, index=True)


class AdjustmentLine(Row, table=True):
    """What a term comes to for a month, less what earlier lines of it said; never edited.

    A line beyond the first corrects the month: work was accepted later, or a step reached later.
    """

    __table_args__ = strict(
        UniqueConstraint("reference"),
        UniqueConstraint("agreed_term_id", "month", "number"),
        one_of("reason", REASONS),
        CheckConstraint("number > 0 AND net_minor > 0 AND due_minor >= net_minor", name="adds"),
        CheckConstraint("base_minor >= due_minor AND reached >= 0", name="within_its_base"),
    )
    witnessed: ClassVar[bool] = True

    reference: str = text()
    agreed_term_id: int = link("agreedterm", led=True)
    month: str = text(index=True)
    """The month of the work, or the last one of a rebate's period."""
    number: int = whole()
    reason: str = text()
    base_minor: int = whole()
    """What was accepted of the month or period when the line was entered."""
    reached: int = whole()
    """The volume that chose the step: minor units, or ten-thousandths of the quantity."""
    due_minor: int = whole()
    """All that the term comes to for the month."""
    net_minor: int = whole()
    """This line: what is due less the lines before."""
