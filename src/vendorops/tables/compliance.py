"""What was found about those we work with, and what a person made of it."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from vendorops.domain.lifecycle import (
    RenewalStatus,
    ReviewStatus,
    Status,
    SupplierChangeStatus,
    SupplierStatus,
)
from vendorops.tables.columns import (
    Row,
    day,
    lifecycle,
    link,
    once_where,
    one_of,
    strict,
    text,
    whole,
)


class Review(Row, table=True):
    """A doubt about a party, a document or an account that only a person may settle."""

    __table_args__ = strict(
        lifecycle(ReviewStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("kind", "subject_table", "subject_id", "content_sha256"),
        Index("ix_review_subject", "subject_table", "subject_id"),
    )
    states: ClassVar[type[Status]] = ReviewStatus
    filled_later: ClassVar[frozenset[str]] = frozenset({"clearing_by", "clearing_reason"})

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
    clearing_by: str = text(default="")
    """Who says that one found true was harmless after all; somebody else decides."""
    clearing_reason: str = text(default="")
    status: str = text(default=ReviewStatus.OPEN.value, index=True)


class Renewal(Row, table=True):
    """A document that ends and must be renewed: who sees to it, until when, what stops else."""

    __table_args__ = strict(
        lifecycle(RenewalStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("document_id"),
    )
    states: ClassVar[type[Status]] = RenewalStatus

    reference: str = text()
    supplier_id: int = link("supplier")
    document_id: int = link("compliancedocument")
    kind: str = text()
    role: str = text()
    """Whoever holds this role asks the supplier for the renewed document."""
    blocks: str = text()
    """What stops from the due day on, of award, start and pay, between blanks."""
    opened_on: date = day()
    due_on: date = day()
    """First day on which the document no longer holds."""
    status: str = text(default=RenewalStatus.OPEN.value, index=True)


class SupplierChange(Row, table=True):
    """A proposal to change how we stand to a supplier: one person proposes, another decides."""

    __table_args__ = strict(
        lifecycle(SupplierChangeStatus),
        UniqueConstraint("reference"),
        one_of("after", [state.value for state in SupplierStatus]),
        CheckConstraint("(after = 'invited') = (expires_on IS NOT NULL)", name="invitation_ends"),
        CheckConstraint("length(reason) > 1", name="why"),
        once_where("uq_supplierchange_one_open", ("supplier_id",), "status = 'proposed'"),
    )
    states: ClassVar[type[Status]] = SupplierChangeStatus

    reference: str = text()
    supplier_id: int = link("supplier")
    after: str = text()
    """The state of the supplier that is proposed."""
    reason: str = text()
    proposed_by: str = text()
    proposed_on: date = day()
    expires_on: date | None = day(default=None)
    """Of an invitation: the first day on which it can no longer be taken up."""
    status: str = text(default=SupplierChangeStatus.PROPOSED.value, index=True)


class RiskAssessment(Row, table=True):
    """How risky it is to let a supplier do what it applied for, and from what that follows."""

    __table_args__ = strict(
        one_of("tier", ("low", "medium", "high")),
        CheckConstraint("score >= 0", name="score"),
    )
    witnessed: ClassVar[bool] = True

    supplier_id: int = link("supplier")
    qualification_id: int = link("qualification")
    tier: str = text()
    score: int = whole()
    inputs: str = text()
    """What counted and how much, as canonical JSON; no identity or account numbers."""
    content_sha256: str = text()
    """Of the inputs, the rules and the outcome: what came out before is not written again."""
    rules: str = text()
    """Since when the rules hold by which it was made."""
    assessed_on: date = day()
