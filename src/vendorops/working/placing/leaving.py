"""Takes down that a placed person left, which is the notice of a claim under the guarantee."""

from dataclasses import dataclass
from datetime import date

from vendorops.books import Books, log
from vendorops.documents import keep
from vendorops.domain.guarantee import Outcome, Reason, Verdict
from vendorops.domain.lifecycle import PlacementStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import Placement
from vendorops.working.placing.clocks import Notice, clock_of, open_guarantee, verdict_on
from vendorops.working.placing.entering import NotPlaceable


class ClaimExpired(Refused):
    """The guarantee is over, or notice comes too late for it."""


@dataclass(frozen=True)
class Departure:
    """What is reported of a leaving."""

    left_on: date
    """Last day of the employment."""
    reason: Reason
    evidence: bytes
    """The resignation, the notice of dismissal, or what else shows it."""
    suffix: str = ".pdf"
    claims: str = ""
    """`replacement` or `refund`: the Client's choice; a replacement unless it had one before."""


def report_leave(books: Books, placement: Placement, departure: Departure) -> Verdict:
    """Take down that a person left, and say what follows.

    Raises ClaimExpired when the guarantee is over or notice comes too late, LeftBeforeStart, and
    NotPlaceable when the report cannot be true or asks for a second replacement.
    """
    log.lock(books.session)
    if placement.status == PlacementStatus.STARTED:
        open_guarantee(books, placement)
    _refuse_untimely(books, placement, departure)
    clock = clock_of(books, placement)
    if clock is None:
        raise NotPlaceable(f"{placement.reference} has no guarantee; nothing is owed")
    claims = _chosen(placement, departure)
    notice = Notice(departure.left_on, departure.reason, books.as_of, claims)
    verdict = verdict_on(books, placement, clock, notice)
    if verdict.outcome is Outcome.EXPIRED:
        raise ClaimExpired(
            f"{placement.reference} {verdict.because}: the claim has expired and nothing is owed"
        )
    _take_down(books, placement, notice, verdict)
    title = f"evidence that {placement.reference} left"
    placement.evidence_sha256 = keep(books, departure.evidence, title, departure.suffix)
    because = f"left on {departure.left_on}, {departure.reason}: {verdict.because}"
    books.move(placement, PlacementStatus.LEFT_EARLY, because=because)
    return verdict


def _take_down(books: Books, placement: Placement, notice: Notice, verdict: Verdict) -> None:
    placement.left_on, placement.left_because = notice.left_on, notice.reason.value
    placement.left_reported_by, placement.noticed_on = books.actor, notice.noticed_on
    placement.claims, placement.replacement_due_on = notice.claims, verdict.until


def _refuse_untimely(books: Books, placement: Placement, departure: Departure) -> None:
    if placement.status == PlacementStatus.CONFIRMED:
        until = placement.guarantee_until
        over = f"its guarantee ended on {until}" if until else "its contract guarantees nothing"
        raise ClaimExpired(
            f"{placement.reference} is confirmed, {over}: the claim has expired, if there ever was"
            " one, and nothing is owed"
        )
    if placement.status != PlacementStatus.IN_GUARANTEE:
        raise NotPlaceable(
            f"{placement.reference} is {placement.status}; only who works under a guarantee can"
            " be reported as having left"
        )
    if departure.left_on > books.as_of:
        raise NotPlaceable(f"{departure.left_on} has not come yet; report the leaving then")
    if not departure.evidence:
        raise NotPlaceable("the evidence is empty; hand in what shows that the person left")


def _chosen(placement: Placement, departure: Departure) -> str:
    if not placement.replaces_id:
        return departure.claims or "replacement"
    if departure.claims == "replacement":
        raise NotPlaceable(
            f"{placement.reference} is a replacement itself, and one is free; claim the refund"
        )
    return "refund"
