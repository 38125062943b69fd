"""Puts doubts that checks raised before a person, and writes down what he makes of them.

One that was found true may be contested: another person than who contests it decides again.
"""

import json

from sqlmodel import and_, col, or_, select

from vendorops.books import Books, Question, decided
from vendorops.domain.lifecycle import ReviewStatus
from vendorops.stages import Step
from vendorops.tables import Party, Review

SUBJECT = Review


def ready(books: Books) -> list[int]:
    """Return the doubts that nobody has settled yet, and those contested since, oldest first."""
    contested = and_(col(Review.status) == ReviewStatus.CONFIRMED, col(Review.clearing_by) != "")
    query = select(Review.id).where(or_(col(Review.status) == ReviewStatus.OPEN, contested))
    return list(books.session.exec(query.order_by(col(Review.id))))


def advance(books: Books, ident: int) -> Step:
    """Have a doubt settled: harmless, or true. Whoever waits for it goes on in its own stage."""
    review = books.get(Review, ident)
    if review.status == ReviewStatus.CONFIRMED and review.clearing_by:
        return _decide_again(books, review)
    if review.status != ReviewStatus.OPEN:
        return Step.DONE
    decision = decided(books, _question(review))
    if decision is None:
        return Step.WAITING
    harmless = decision.answer == "approve"
    because = f"{decision.answer} by {decision.answered_by}, {decision.reference}"
    books.move(
        review, ReviewStatus.CLEARED if harmless else ReviewStatus.CONFIRMED, because=because
    )
    return Step.DONE


def _decide_again(books: Books, review: Review) -> Step:
    decision = decided(books, _contest(books, review))
    if decision is None:
        return Step.WAITING
    because = f"{decision.answer} by {decision.answered_by}, {decision.reference}"
    if decision.answer == "approve":
        books.move(review, ReviewStatus.CLEARED, because=because)
    else:
        books.record("upheld", review, because)
        review.clearing_by = review.clearing_reason = ""
    return Step.DONE


def _contest(books: Books, review: Review) -> Question:
    name = books.get(Party, review.party_id).name
    return Question(
        kind="review_clearing",
        subject=review,
        content={
            "review": review.reference,
            "saw": json.loads(review.evidence),
            "proposed_by": review.clearing_by,
            "reason": review.clearing_reason,
        },
        sentence=f"Was {review.reference}, {review.kind} of {name}, found true by mistake? "
        f"{review.clearing_by} proposes to clear it: {review.clearing_reason.rstrip('.')}.",
        role=review.role,
        party_id=review.party_id,
        not_by=(review.clearing_by,),
    )


def _question(review: Review) -> Question:
    return Question(
        kind="review",
        subject=review,
        content={"review": review.reference, "saw": json.loads(review.evidence)},
        sentence=review.question,
        role=review.role,
        party_id=review.party_id,
    )
