"""People as demands find them: labels, certificates, assessments, who verified them, proposals."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from vendorops.domain.lifecycle import Status, TalentCertificateStatus, TalentStatus
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

LABEL_KINDS = ("role", "industry", "place", "language", "price", "availability")
"""Level, force and certificate are not among them: they follow from other rows."""


class TalentProfile(Row, table=True):
    """A worker as he may be proposed (HR Open `Candidate`)."""

    __table_args__ = strict(
        lifecycle(TalentStatus), UniqueConstraint("reference"), UniqueConstraint("worker_id")
    )
    states: ClassVar[type[Status]] = TalentStatus
    filled_later: ClassVar[frozenset[str]] = frozenset(
        {"strengths", "entry_sha256", "proposable_from"}
    )

    reference: str = text()
    worker_id: int = link("worker")
    registered_by: str = text()
    """Who registered him, and therefore may not verify him."""
    registered_on: date = day()
    strengths: str = text(default="{}")
    """Canonical JSON: sentences by language, as he or his supplier words them."""
    entry_sha256: str = text(default="")
    """Of what was imported last; the same again changes nothing."""
    proposable_from: date | None = day(default=None)
    """Since when he may be proposed without a break."""
    status: str = text(default=TalentStatus.REGISTERED.value, index=True)


class TalentLabel(Row, table=True):
    """A label of a person from a day until another takes its place; the vocabulary is labels/."""

    __table_args__ = strict(
        one_of("kind", LABEL_KINDS),
        once_where("uq_talentlabel_current", ("profile_id", "kind", "code"), "until IS NULL"),
        CheckConstraint("until IS NULL OR until >= since", name="period"),
        CheckConstraint("value >= 0", name="value"),
        CheckConstraint(
            "(kind = 'availability') = (free_from IS NOT NULL AND free_to IS NOT NULL)",
            name="availability_is_a_period",
        ),
    )
    filled_later: ClassVar[frozenset[str]] = frozenset({"until"})

    profile_id: int = link("talentprofile")
    kind: str = text()
    code: str = text()
    """A code of the vocabulary; of a price its currency; of availability nothing."""
    value: int = whole()
    """Strength 1 to 100; of a price an hour's in minor units; of availability 0."""
    free_from: date | None = day(default=None)
    free_to: date | None = day(default=None)
    """First day on which he is no longer to be had."""
    since: date = day()
    until: date | None = day(default=None)
    entered_by: str = text()


class TalentCertificate(Row, table=True):
    """A certificate somebody claims (HR Open `Certification`); the number lies in the vault."""

    __table_args__ = strict(
        lifecycle(TalentCertificateStatus),
        UniqueConstraint("reference"),
        UniqueConstraint("profile_id", "kind", "track", "level", "number_index", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="validity"),
    )
    states: ClassVar[type[Status]] = TalentCertificateStatus
    filled_later: ClassVar[frozenset[str]] = frozenset({"verified_by", "verified_on"})

    reference: str = text()
    profile_id: int = link("talentprofile")
    kind: str = text()
    """A kind of labels/certificates.yaml."""
    track: str = text()
    level: str = text()
    issuer: str = text()
    number_masked: str = text()
    number_index: str = text(index=True)
    """One number shown by two people is found."""
    valid_from: date = day()
    valid_to: date | None = day(default=None)
    """First day on which it no longer holds; none for open-ended ones."""
    claimed_by: str = text()
    verified_by: str | None = text(default=None)
    verified_on: date | None = day(default=None)
    status: str = text(default=TalentCertificateStatus.CLAIMED.value, index=True)


class Assessment(Row, table=True):
    """What somebody of ours scored a person in a competency model; a newer one takes its place."""

    __table_args__ = strict(UniqueConstraint("reference"))
    witnessed: ClassVar[bool] = True

    reference: str = text()
    profile_id: int = link("talentprofile")
    model: str = text()
    """A model of labels/competencies.yaml, as it was on the day."""
    scores: str = text()
    """Canonical JSON: 0 to 100 by dimension."""
    grade: str = text()
    """Reached by every dimension; empty where none is."""
    assessor: str = text()
    assessed_on: date = day()
    evidence_sha256: str = text()


class TalentVerification(Row, table=True):
    """That somebody of ours looked at a person's identity or claims, and what he found."""

    __table_args__ = strict(
        one_of("what", ("identity", "claims")), one_of("outcome", ("sound", "doubtful"))
    )
    witnessed: ClassVar[bool] = True

    profile_id: int = link("talentprofile")
    what: str = text()
    outcome: str = text()
    reason: str = text()
    verified_by: str = text()
    verified_on: date = day()
    content_sha256: str = text()
    """Of what was verified: other claims need another look."""
    evidence_sha256: str = text()


class TalentDemand(Row, table=True):
    """Whom somebody looks for, in labels."""

    __table_args__ = strict(UniqueConstraint("reference"), UniqueConstraint("content_sha256"))
    witnessed: ClassVar[bool] = True

    reference: str = text()
    title: str = text()
    content: str = text()
    """Canonical JSON of the demand's form."""
    content_sha256: str = text()
    asked_by: str = text()
    asked_on: date = day()


class TalentProposal(Row, table=True):
    """That a person was proposed for a demand, why at this place, and what came of it."""

    __table_args__ = strict(
        UniqueConstraint("demand_id", "profile_id"),
        one_of("outcome", ("open", "interviewed", "hired", "declined")),
        CheckConstraint("rank > 0 AND score >= 0", name="rank"),
    )
    witnessed: ClassVar[bool] = True
    filled_later: ClassVar[frozenset[str]] = frozenset({"outcome", "outcome_by", "outcome_on"})

    demand_id: int = link("talentdemand")
    profile_id: int = link("talentprofile")
    formula: str = text()
    rank: int = whole()
    score: int = whole()
    points: str = text()
    """Canonical JSON: what each label brought; it adds up to the score."""
    proposed_by: str = text()
    proposed_on: date = day()
    outcome: str = text(default="open")
    outcome_by: str | None = text(default=None)
    outcome_on: date | None = day(default=None)
