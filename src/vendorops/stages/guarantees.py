"""Follows the guarantee of placements: it passes, somebody replaces, or the fee is given back."""

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.guarantee import CLAUSE, Outcome, Verdict
from vendorops.domain.lifecycle import PlacementStatus
from vendorops.domain.money import Money
from vendorops.stages import Step
from vendorops.tables import Contract, Placement
from vendorops.working.crediting import Credit, raise_credit
from vendorops.working.placing.clocks import (
    notice_until,
    open_guarantee,
    replacement_of,
    verdict_of,
)
from vendorops.working.placing.fees import PlacementFee, fee_of, original
from vendorops.working.placing.positions import KIND, SETTLED, memo_of

SUBJECT = Placement
FOLLOWED = (
    PlacementStatus.STARTED,
    PlacementStatus.LEFT_EARLY,
    PlacementStatus.REFUND_CLAIMED,
    PlacementStatus.REPLACED,
)
ENDED = (PlacementStatus.CONFIRMED, PlacementStatus.SETTLED)


def ready(books: Books) -> list[int]:
    """Return placements whose guarantee begins or is over, or of people who left within it."""
    over = (col(Placement.status) == PlacementStatus.IN_GUARANTEE.value) & (
        col(Placement.guarantee_until) < books.as_of
    )
    query = select(Placement.id).where(col(Placement.status).in_(FOLLOWED) | over)
    return list(books.session.exec(query.order_by(col(Placement.id))))


def advance(books: Books, ident: int) -> Step:
    """Take a placement one step further along its guarantee, as the day has it."""
    placement = books.get(Placement, ident)
    match PlacementStatus(placement.status):
        case PlacementStatus.STARTED:
            open_guarantee(books, placement)
            return Step.AGAIN
        case PlacementStatus.IN_GUARANTEE:
            return _confirm(books, placement)
        case PlacementStatus.LEFT_EARLY:
            return _decide(books, placement)
        case PlacementStatus.REFUND_CLAIMED:
            return _refund(books, placement)
        case PlacementStatus.REPLACED:
            return _after_replacement(books, placement)
        case _:
            return Step.DONE


def _confirm(books: Books, placement: Placement) -> Step:
    until = placement.guarantee_until
    if until is None or books.as_of <= notice_until(books, placement, until):
        return Step.WAITING
    because = f"worked beyond {until}, and nobody reported otherwise in time"
    books.move(placement, PlacementStatus.CONFIRMED, because=because)
    return Step.DONE


def _decide(books: Books, placement: Placement) -> Step:
    """Follow a leaving: a replacement that was agreed in time is waited for until it starts."""
    verdict = verdict_of(books, placement)
    pending = replacement_of(books, placement)
    if verdict.outcome is Outcome.OWED or (pending and pending.started_on is None):
        return Step.WAITING
    if verdict.outcome is Outcome.REFUND:
        books.move(placement, PlacementStatus.REFUND_CLAIMED, because=verdict.because)
        return Step.AGAIN
    return _settle(books, placement, verdict.because)


def _refund(books: Books, placement: Placement) -> Step:
    memo = memo_of(books, placement)
    if memo and memo.status in SETTLED:
        return _settle(books, placement, f"{memo.reference} is {memo.status}")
    if memo:
        return Step.WAITING
    verdict, fee = verdict_of(books, placement), fee_of(books, placement)
    nothing = _nothing(verdict, fee)
    if nothing:
        return _settle(books, placement, nothing)
    if fee.whole:
        _credit(books, placement, verdict, fee)
    return Step.WAITING


def _nothing(verdict: Verdict, fee: PlacementFee) -> str:
    """Return why nothing is given back: only what was or will be paid is."""
    if verdict.outcome is not Outcome.REFUND:
        return verdict.because
    if fee.decided and not fee.amount:
        return "no fee was accepted for it"
    if fee.whole and verdict.refund(fee.claimed).minor <= 0:
        return f"nothing of {fee.claimed} is given back: {verdict.because}"
    return ""


def _credit(books: Books, placement: Placement, verdict: Verdict, fee: PlacementFee) -> None:
    contract = books.get(Contract, placement.contract_id)
    raise_credit(
        books,
        contract,
        Credit(
            kind=KIND,
            month=books.month.label,
            source=placement,
            net=verdict.refund(fee.claimed),
            sentence=f"{placement.reference} {verdict.because}, {fee.claimed}, is given back",
            basis=_basis(books, placement, verdict, fee.claimed),
            raised_by=placement.left_reported_by,
        ),
    )


def _basis(
    books: Books, placement: Placement, verdict: Verdict, claimed: Money
) -> dict[str, object]:
    earned = original(books, placement)
    return {
        "placement": placement.reference,
        "fee_of": earned.reference,
        "fee": repr(claimed),
        "started_on": str(placement.started_on),
        "left_on": str(placement.left_on),
        "reason": placement.left_because,
        "noticed_on": str(placement.noticed_on),
        "day": verdict.day,
        "step": verdict.tier,
        "share": str(verdict.share),
        "rounding": "half-up",
        "clause": CLAUSE,
        "evidence_sha256": placement.evidence_sha256,
    }


def _after_replacement(books: Books, placement: Placement) -> Step:
    other = replacement_of(books, placement)
    if other is None or other.status not in ENDED:
        return Step.WAITING
    return _settle(books, placement, f"{other.reference} is {other.status}")


def _settle(books: Books, placement: Placement, because: str) -> Step:
    books.move(placement, PlacementStatus.SETTLED, because=because)
    return Step.DONE
