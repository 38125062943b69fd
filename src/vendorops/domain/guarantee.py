"""The guarantee of a placement: what is owed when a placed person leaves, and until when.

The rules are those of `contract_templates/clauses/all/recruitment/2026-01-01.typ`, article
“Guarantee”. Its days count from the day after the start, which is day 1: the day on which a period
begins is not counted (Civil Code of China, art. 201). Leaving on the day of the start is day 0.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from vendorops.domain.contract_facts import Guarantee
from vendorops.domain.contract_facts.clauses import ONE_E6
from vendorops.domain.money import Money, Rounding
from vendorops.domain.refusal import Refused

CLAUSE = "clauses/all/recruitment/2026-01-01.typ, Guarantee"
NOTICE_WORKING_DAYS = 10
"""“The Client gives notice within ten Working Days of learning that the person left.” The person
is employed by the Client, who therefore learns of it on the day itself."""
REPLACEMENT_DAYS = 60
"""“A replacement starts within sixty days”, where the contract names no other number."""
LEAST_DAYS = 30
"""“The rest of the guarantee, and no less than thirty days, applies to the replacement.”"""


class LeftBeforeStart(Refused):
    """A person cannot leave before the start of work."""


class Reason(StrEnum):
    """Why a placed person left."""

    RESIGNED = "resigned"
    UNFIT = "dismissed_unfit"
    CAUSE = "dismissed_for_cause"
    LAYOFF = "layoff"
    OTHER = "other"
    """Death, illness, a lapsed permit: neither a resignation nor a dismissal."""


COVERED = (Reason.RESIGNED, Reason.UNFIT, Reason.CAUSE)
"""“When the person resigns or is dismissed as unfit”: whoever must go for misconduct was unfit."""


class Outcome(StrEnum):
    """What follows from a person's leaving."""

    EXPIRED = "expired"
    EXCEPTED = "excepted"
    REPLACED = "replaced"
    VOID = "void"
    OWED = "replacement_owed"
    REFUND = "refund"


@dataclass(frozen=True)
class Clock:
    """The guarantee of one placement, running since its start."""

    guarantee: Guarantee
    started_on: date
    served: int = 0
    """Days of the guarantee that whom this person replaces had served."""

    @property
    def days(self) -> int:
        """Length of the guarantee; that of a replacement leaves it no less than 30 days."""
        agreed = self.guarantee.days
        return max(agreed, self.served + LEAST_DAYS) if self.served else agreed

    @property
    def ends_on(self) -> date:
        """The last day of the guarantee."""
        return self.started_on + timedelta(days=self.days - self.served)

    def day(self, on: date) -> int:
        """Return which day of the guarantee a day is."""
        return self.served + (on - self.started_on).days

    def tier(self, day: int) -> int:
        """Return which step a day falls in, from 1; 0 where the refund is pro rata.

        Days that a replacement was given beyond the last step fall in the last step.
        """
        steps = self.guarantee.steps
        reached = [at for at, step in enumerate(steps, start=1) if day <= step.until_day]
        return min(reached, default=len(steps))

    def share(self, day: int) -> Fraction:
        """Return what share of the fee is given back when the person leaves on a day."""
        if day > self.days:
            return Fraction(0)
        if not self.guarantee.steps:
            return Fraction(self.days - day, self.days)
        return Fraction(self.guarantee.steps[self.tier(day) - 1].refund_e6, ONE_E6)


@dataclass(frozen=True)
class FeePaid:
    """When the fee for the person was due and paid, as far as it is known."""

    due_on: date | None = None
    paid_on: date | None = None

    def late(self, as_of: date) -> bool:
        """Tell whether it was paid after it was due, or is overdue by now."""
        return self.due_on is not None and (self.paid_on or as_of) > self.due_on


@dataclass(frozen=True)
class Leaving:
    """A person's leaving, and what was done about it."""

    on: date
    reason: Reason
    noticed_on: date
    notice_until: date
    """Last day on which the supplier could be given notice."""
    wants_replacement: bool = True
    """“The Client chooses one free replacement or a refund.”"""
    replaced_on: date | None = None


@dataclass(frozen=True)
class Verdict:
    """What follows from a person's leaving on a day, and why."""

    outcome: Outcome
    because: str
    day: int
    """Day of the guarantee on which the person left."""
    share: Fraction = Fraction(0)
    """What of the fee is given back; nothing unless the outcome is a refund, or may become one."""
    tier: int = 0
    until: date | None = None
    """Last day for a replacement to start."""

    def refund(self, fee: Money) -> Money:
        """Return what is given back of a fee, rounded half up to the minor unit."""
        owed = self.share if self.outcome is Outcome.REFUND else Fraction(0)
        return fee.times(owed, rounding=Rounding.HALF_UP)


def replacement_due(guarantee: Guarantee, noticed_on: date) -> date:
    """Return the last day for a replacement to start; its days count from the notice."""
    return noticed_on + timedelta(days=guarantee.replacement_days or REPLACEMENT_DAYS)


def judge(clock: Clock, left: Leaving, fee: FeePaid, as_of: date) -> Verdict:
    """Return what follows from a leaving, as far as it is known on a day.

    A fee paid late voids the refund, as the clause says, and not the replacement: that is owed
    to its last day, and stands when it started by then. Raises LeftBeforeStart.
    """
    if left.on < clock.started_on:
        raise LeftBeforeStart(
            f"left on {left.on}, before the start on {clock.started_on}; correct the day"
        )
    day = clock.day(left.on)
    until = replacement_due(clock.guarantee, left.noticed_on) if left.wants_replacement else None
    nothing = _nothing_owed(clock, left, day)
    if nothing:
        return Verdict(*nothing, day)
    if until and left.replaced_on and left.replaced_on <= until:
        because = f"replaced on {left.replaced_on}, in time: the rest of the guarantee goes on"
        return Verdict(Outcome.REPLACED, because, day, until=until)
    refund = _refund(clock, fee, day, as_of)
    if until and as_of <= until:
        told = f"a free replacement may start until {until}; else {refund.because}"
        return replace(refund, outcome=Outcome.OWED, because=told, until=until)
    return replace(refund, until=until)


def _refund(clock: Clock, fee: FeePaid, day: int, as_of: date) -> Verdict:
    """Return the refund for a day, or that a fee paid late has voided it."""
    if clock.guarantee.void_when_paid_late and fee.late(as_of):
        paid = f"paid on {fee.paid_on}" if fee.paid_on else "not paid yet"
        because = f"the fee was due on {fee.due_on} and {paid}: no refund where it is paid late"
        return Verdict(Outcome.VOID, because, day)
    share, tier = clock.share(day), clock.tier(day)
    step = f"step {tier}" if tier else "pro rata"
    because = f"left on day {day} of {clock.days}, {step}: {share} of the fee"
    return Verdict(Outcome.REFUND, because, day, share, tier)


def _nothing_owed(clock: Clock, left: Leaving, day: int) -> tuple[Outcome, str] | None:
    if day > clock.days:
        because = f"left on day {day}, after the guarantee of {clock.days} days"
        return Outcome.EXPIRED, f"{because} ended on {clock.ends_on}"
    if left.noticed_on > left.notice_until:
        because = f"left on {left.on}, of which notice could be given until {left.notice_until}"
        return Outcome.EXPIRED, f"{because}, and was given on {left.noticed_on}"
    if clock.guarantee.except_layoff and left.reason not in COVERED:
        return Outcome.EXCEPTED, f"{left.reason.replace('_', ' ')} is excepted from the guarantee"
    return None
