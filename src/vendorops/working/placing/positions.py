"""How the guarantees stand on a day: what runs, what is owed, and what is at risk."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.guarantee import Clock, Outcome
from vendorops.domain.lifecycle import CreditMemoStatus, PlacementStatus
from vendorops.domain.money import Money, Rounding
from vendorops.tables import CreditMemo, Placement
from vendorops.working.placing.clocks import clock_of, notice_until, verdict_of
from vendorops.working.placing.fees import PlacementFee, fee_of

KIND = "guarantee"
"""Of the credit memos that give a fee back."""
SETTLED = (CreditMemoStatus.EXHAUSTED, CreditMemoStatus.CANCELLED)

OPEN = (PlacementStatus.STARTED, PlacementStatus.LEFT_EARLY, PlacementStatus.REFUND_CLAIMED)
NOTICE_AT_MOST = timedelta(days=40)
"""More than the days of notice come to in any calendar; who is older than that is confirmed."""


@dataclass(frozen=True)
class Position:
    """A guarantee that runs, or a claim under one that is open."""

    placement: Placement
    state: str
    """`running`, `notice` (over, but a leaving may still be reported), `replacement_owed` or
    `refund`."""
    day: int
    """Day of the guarantee: today's, or that of the leaving."""
    until: date
    """Last day of the guarantee, of the notice, or for a replacement to start."""
    days_left: int
    share: Fraction
    at_risk: Money
    """What would be given back of the fee, were it to come to that today."""
    owed: Money
    """What is owed back by now and not taken off yet; nothing before the fee was claimed."""
    because: str


def memo_of(books: Books, placement: Placement) -> CreditMemo | None:
    """Return the credit memo that gives back the fee of who left."""
    query = select(CreditMemo).where(
        col(CreditMemo.kind) == KIND,
        col(CreditMemo.source_table) == Placement.__name__.lower(),
        col(CreditMemo.source_id) == placement.id,
    )
    return books.session.exec(query).one_or_none()


def positions(books: Books) -> Iterator[Position]:
    """Return every guarantee that runs and every open claim on the day of the books.

    What happened after that day is left out of account, but for the amounts of the fee.
    """
    lately = books.as_of - NOTICE_AT_MOST
    query = select(Placement).where(
        col(Placement.started_on) <= books.as_of,
        (col(Placement.guarantee_until) >= lately) | col(Placement.status).in_(OPEN),
    )
    for placement in books.session.exec(query.order_by(col(Placement.reference))):
        clock = clock_of(books, placement)
        found = _position(books, placement, clock) if clock else None
        if found:
            yield found


def _position(books: Books, placement: Placement, clock: Clock) -> Position | None:
    fee = fee_of(books, placement)
    if placement.noticed_on is None or placement.noticed_on > books.as_of:
        return _running(books, placement, clock, fee)
    return _claimed(books, placement, fee)


def _running(
    books: Books, placement: Placement, clock: Clock, fee: PlacementFee
) -> Position | None:
    last = notice_until(books, placement, clock.ends_on)
    if books.as_of > last:
        return None
    over = books.as_of > clock.ends_on
    day = clock.days if over else clock.day(books.as_of)
    share = clock.share(day)
    until = last if over else clock.ends_on
    void = clock.guarantee.void_when_paid_late and fee.paid.late(books.as_of)
    risk = Fraction(0) if void else share
    return Position(
        placement,
        "notice" if over else "running",
        day,
        until,
        (until - books.as_of).days,
        share,
        fee.amount.times(risk, rounding=Rounding.HALF_UP),
        Money(0, placement.currency),
        "the fee was paid late: no refund" if void else f"works since {placement.started_on}",
    )


def _claimed(books: Books, placement: Placement, fee: PlacementFee) -> Position | None:
    verdict = verdict_of(books, placement)
    memo = memo_of(books, placement)
    closed = placement.status == PlacementStatus.SETTLED or (memo and memo.status in SETTLED)
    owed = verdict.outcome is Outcome.OWED
    if closed or not (owed or (verdict.outcome is Outcome.REFUND and verdict.share)):
        return None
    until = verdict.until or books.as_of
    left = memo.net_minor - memo.applied_minor if memo else verdict.refund(fee.claimed).minor
    because = f"{verdict.because}; {memo.reference} is {memo.status}" if memo else verdict.because
    return Position(
        placement,
        verdict.outcome.value,
        verdict.day,
        until,
        max(0, (until - books.as_of).days),
        verdict.share,
        fee.amount.times(verdict.share, rounding=Rounding.HALF_UP),
        Money(left, placement.currency),
        because,
    )
