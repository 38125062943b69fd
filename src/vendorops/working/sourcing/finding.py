"""Finds the rows of sourcing that hang on others."""

from collections.abc import Collection

from sqlmodel import col, func, select

from vendorops.books import Books
from vendorops.domain.lifecycle import OfferStatus
from vendorops.tables import Distribution, Interview, Offer, Requisition, Submission


def distributions_of(books: Books, requisition: Requisition) -> list[Distribution]:
    """Return to whom a requisition goes, tier by tier."""
    query = select(Distribution).where(col(Distribution.requisition_id) == requisition.id)
    order = (col(Distribution.tier), col(Distribution.offset_hours), col(Distribution.id))
    return list(books.session.exec(query.order_by(*order)))


def submissions_of(books: Books, requisition: Requisition) -> list[Submission]:
    """Return who was proposed for a requisition, in the order they came."""
    query = select(Submission).where(col(Submission.requisition_id) == requisition.id)
    return list(books.session.exec(query.order_by(col(Submission.id))))


def interviews_of(books: Books, submission: Submission) -> list[Interview]:
    """Return the meetings with a candidate, round by round."""
    query = select(Interview).where(col(Interview.submission_id) == submission.id)
    return list(books.session.exec(query.order_by(col(Interview.round))))


def offers_of(books: Books, submission: Submission) -> list[Offer]:
    """Return what a candidate was offered, oldest first."""
    query = select(Offer).where(col(Offer.submission_id) == submission.id)
    return list(books.session.exec(query.order_by(col(Offer.id))))


def offers_in(books: Books, requisition: Requisition, states: Collection[OfferStatus]) -> int:
    """Return how many offers of a requisition are in some states."""
    query = select(func.count(col(Offer.id))).where(
        col(Offer.requisition_id) == requisition.id, col(Offer.status).in_(states)
    )
    return books.session.exec(query).one()
