"""Puts doubts that checks raised before a person, and writes down what he makes of them."""

import json

from sqlmodel import col, select

from vendorops.books import Books, Question, decided
from vendorops.domain.lifecycle import ReviewStatus
from vendorops.stages import Step
from vendorops.tables import Review

SUBJECT = Review


def ready(books: Books) -> list[int]:
    """Return the doubts that nobody has settled yet, oldest first."""
    query = select(Review.id).where(col(Review.status) == ReviewStatus.OPEN)
    return list(books.session.exec(query.order_by(col(Review.id))))


def advance(books: Books, ident: int) -> Step:
    """Have a doubt settled: harmless, or true. Whoever waits for it goes on in its own stage."""
    review = books.get(Review, ident)
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


def _question(review: Review) -> Question:
    return Question(
        kind="review",
        subject=review,
        content={"review": review.reference, "saw": json.loads(review.evidence)},
        sentence=review.question,
        role=review.role,
        party_id=review.party_id,
    )
