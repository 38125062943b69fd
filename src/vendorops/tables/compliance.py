"""What was found about those we work with, and what a person made of it."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint

from vendorops.domain.lifecycle import ReviewStatus, Status
from vendorops.tables.columns import Row, day, lifecycle, link, strict, text, whole


class Review(Row, table=True):
    """A doubt about a party, a document or an account that only a person may settle."""

    __table_args__ = strict(
        lifecycle(ReviewStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("kind", "subject_table", "subject_id", "content_sha256"),
        Index("ix_review_subject", "subject_table", "subject_id"),
    )
    states: ClassVar[type[Status]] = ReviewStatus

    reference: str = text()
    kind: str = text()
    """What kind of doubt: lookalike, shared_account, screening, unreadable_document …"""
    subject_table: str = text()
    subject_id: int = whole()
    party_id: int = link("party")
    """Whose cases wait until it is settled."""
    question: str = text()
    """One sentence to which `approve` means: harmless, go on."""
    evidence: str = text()
    """Canonical JSON of what was seen; no identity or account numbers."""
    content_sha256: str = text()
    """Of the evidence: the same doubt is raised once, another one anew."""
    role: str = text()
    found_on: date = day()
    due_on: date = day()
    status: str = text(default=ReviewStatus.OPEN.value, index=True)
