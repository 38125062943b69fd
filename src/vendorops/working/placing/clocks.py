"""The guarantee of a placement in the books: its clock, and what follows when a person leaves."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.working_days import working_days
from vendorops.documents import contract_facts
from vendorops.domain.guarantee import (
    NOTICE_WORKING_DAYS,
    Clock,
    Leaving,
    Reason,
    Verdict,
    judge,
)
from vendorops.domain.lifecycle import PlacementStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import Contract, Placement
from vendorops.working.placing.fees import fee_of, original


class NothingReported(Refused):
    """The placement has no leaving to judge."""


def clock_of(books: Books, placement: Placement) -> Clock | None:
    """Return the clock that began with a person's start; None where nothing was guaranteed.

    It is that of the contract on the day of the start that earned the fee. A replacement goes on
    where whom it replaces left off.
    """
    earned = original(books, placement)
    if earned.started_on is None or placement.started_on is None:
        return None
    contract = books.get(Contract, earned.contract_id)
    agreed = contract_facts(books, contract, earned.started_on).guarantee
    if agreed is None:
        return None
    gone = placement.replaces_id is not None and earned.left_on is not None
    served = Clock(agreed, earned.started_on).day(earned.left_on) if gone and earned.left_on else 0
    return Clock(agreed, placement.started_on, served)


def open_guarantee(books: Books, placement: Placement) -> None:
    """Let the guarantee of a person who started run; without one the placement is confirmed."""
    clock = clock_of(books, placement)
    if clock is None:
        because = "the contract guarantees nothing"
        books.move(placement, PlacementStatus.CONFIRMED, because=because)
        return
    placement.guarantee_until = clock.ends_on
    because = f"guaranteed until {clock.ends_on}"
    books.move(placement, PlacementStatus.IN_GUARANTEE, because=because)


def notice_until(books: Books, placement: Placement, left_on: date) -> date:
    """Return the last day on which notice of a leaving may be given."""
    place = books.get(Contract, placement.contract_id).place
    return working_days(books).after(left_on, NOTICE_WORKING_DAYS, place)


def replacement_of(books: Books, placement: Placement) -> Placement | None:
    """Return who replaces a person, started or not."""
    query = select(Placement).where(
        col(Placement.replaces_id) == placement.id,
        col(Placement.status) != PlacementStatus.CANCELLED.value,
    )
    return books.session.exec(query).one_or_none()


@dataclass(frozen=True)
class Notice:
    """What was reported of a leaving."""

    left_on: date
    reason: Reason
    noticed_on: date
    claims: str


def verdict_on(books: Books, placement: Placement, clock: Clock, notice: Notice) -> Verdict:
    """Return what follows by the day of the books from a leaving as reported."""
    other = replacement_of(books, placement)
    replaced_on = other.started_on if other else None
    left = Leaving(
        on=notice.left_on,
        reason=notice.reason,
        noticed_on=notice.noticed_on,
        notice_until=notice_until(books, placement, notice.left_on),
        wants_replacement=notice.claims == "replacement",
        replaced_on=replaced_on if replaced_on and replaced_on <= books.as_of else None,
    )
    return judge(clock, left, fee_of(books, placement).paid, books.as_of)


def verdict_of(books: Books, placement: Placement) -> Verdict:
    """Return what follows from a leaving that was reported before."""
    clock = clock_of(books, placement)
    if clock is None or placement.left_on is None or placement.noticed_on is None:
        raise NothingReported(f"nobody reported that {placement.reference} left a guarantee")
    reason = Reason(placement.left_because)
    notice = Notice(placement.left_on, reason, placement.noticed_on, placement.claims)
    return verdict_on(books, placement, clock, notice)
