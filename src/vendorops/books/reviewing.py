"""Raises doubts that only a person may settle, once for what was seen; finds those raised."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import bindparam
from sqlmodel import col, select

from vendorops.books.chain import canonical, content_sha256
from vendorops.books.unit import Books
from vendorops.books.withdrawing import withdraw
from vendorops.domain.lifecycle import ReviewStatus
from vendorops.tables import Review, Row

DUE_DAYS = 5
"""Within which a doubt is to be settled, as any question whose asker says nothing else."""

_DOUBTS = (  # Written once: every order and every payment asks it.
    select(Review)
    .where(
        col(Review.party_id) == bindparam("party"),
        col(Review.status).in_(bindparam("states", expanding=True)),
    )
    .order_by(col(Review.id))
)


@dataclass(frozen=True)
class Doubt:
    """What a check saw, and what a person is to be asked about it."""

    kind: str
    subject: Row
    party_id: int
    question: str
    """One sentence to which `approve` means: harmless, go on."""
    evidence: Mapping[str, object]
    """What the answer rests on; the same evidence is not put to anybody twice."""
    role: str = "buyer"


def doubt(books: Books, found: Doubt) -> Review:
    """Raise a doubt, or return the one raised before on the same evidence."""
    digest = content_sha256(found.evidence)
    table = type(found.subject).__name__.lower()
    query = select(Review).where(
        col(Review.kind) == found.kind,
        col(Review.subject_table) == table,
        col(Review.subject_id) == found.subject.id,
        col(Review.content_sha256) == digest,
    )
    known = books.session.exec(query).one_or_none()
    if known:
        return known
    row = Review(
        id=books.key(),
        reference=books.reference("REV"),
        kind=found.kind,
        subject_table=table,
        subject_id=found.subject.id,
        party_id=found.party_id,
        question=found.question,
        evidence=canonical(found.evidence).decode(),
        content_sha256=digest,
        role=found.role,
        found_on=books.as_of,
        due_on=books.as_of + timedelta(days=DUE_DAYS),
    )
    return books.enter(row, because=f"raised for {found.role}: {found.kind}")


def drop(books: Books, subject: Row, because: str) -> None:
    """Take back the doubts about a row that nobody has settled, and the questions about them."""
    query = select(Review).where(
        col(Review.subject_table) == type(subject).__name__.lower(),
        col(Review.subject_id) == subject.id,
        col(Review.status) == ReviewStatus.OPEN,
    )
    for review in books.session.exec(query.order_by(col(Review.id))):
        withdraw(books, review, because)
        books.move(review, ReviewStatus.WITHDRAWN, because=because)


def doubts(books: Books, party_id: int, *status: ReviewStatus) -> list[Review]:
    """Return the doubts about a party in some states, oldest first."""
    asked = {"party": party_id, "states": status or tuple(ReviewStatus)}
    return list(books.session.exec(_DOUBTS, params=asked))
