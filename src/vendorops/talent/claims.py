"""What somebody claims that a person of ours must have looked at before he is proposed."""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import col, select

from vendorops.books import Books, content_sha256
from vendorops.domain.lifecycle import TalentCertificateStatus, TalentStatus
from vendorops.tables import (
    TalentCertificate,
    TalentLabel,
    TalentProfile,
    TalentVerification,
    Worker,
)

CLAIMS = ("role", "industry", "language")
"""Labels somebody could boast with; where, when and for how much he works, only he can say."""
STANDING = (TalentCertificateStatus.CLAIMED, TalentCertificateStatus.VERIFIED)


def identity_sha256(books: Books, profile: TalentProfile) -> str:
    """Return the hash of who somebody says he is."""
    worker = books.get(Worker, profile.worker_id)
    return content_sha256({"name": worker.name, "number": worker.identifier_index})


def claims_sha256(books: Books, profile: TalentProfile) -> str:
    """Return the hash of what somebody claims now."""
    return _claimed_now(books, [profile.id])[profile.id]


def claiming_otherwise(books: Books) -> list[str]:
    """Return who may be proposed although he claims something else than was found sound."""
    query = select(TalentProfile).where(col(TalentProfile.status) == TalentStatus.PROPOSABLE)
    people = books.session.exec(query.order_by(col(TalentProfile.reference))).all()
    claimed = _claimed_now(books, [one.id for one in people])
    seen = select(TalentVerification).where(
        col(TalentVerification.what) == "claims", col(TalentVerification.outcome) == "sound"
    )
    found = books.session.exec(seen.order_by(col(TalentVerification.id))).all()
    sound = {row.profile_id: row.content_sha256 for row in found}
    return [one.reference for one in people if sound.get(one.id) != claimed[one.id]]


def _claimed_now(books: Books, idents: Sequence[int]) -> dict[int, str]:
    """Return the hashes of what people claim, read in two statements however many they are."""
    labels: dict[int, list[str]] = defaultdict(list)
    certificates: dict[int, list[str]] = defaultdict(list)
    claimed = select(TalentLabel).where(
        col(TalentLabel.until).is_(None), col(TalentLabel.kind).in_(CLAIMS)
    )
    held = select(TalentCertificate).where(col(TalentCertificate.status).in_(STANDING))
    if len(idents) == 1:
        claimed = claimed.where(col(TalentLabel.profile_id) == idents[0])
        held = held.where(col(TalentCertificate.profile_id) == idents[0])
    for label in books.session.exec(claimed):
        labels[label.profile_id].append(f"{label.kind} {label.code} {label.value}")
    for row in books.session.exec(held):
        certificates[row.profile_id].append(row.reference)
    return {
        ident: content_sha256(
            {"labels": sorted(labels[ident]), "certificates": sorted(certificates[ident])}
        )
        for ident in idents
    }


def newest(books: Books, profile: TalentProfile, what: str) -> TalentVerification | None:
    """Return what was found last about somebody's identity or claims."""
    query = select(TalentVerification).where(
        col(TalentVerification.profile_id) == profile.id, col(TalentVerification.what) == what
    )
    return books.session.exec(query.order_by(col(TalentVerification.id).desc())).first()


def check_claims_still_hold(books: Books, profile: TalentProfile) -> None:
    """Take somebody back to `verified` whose claims are no longer those that were looked at."""
    if profile.status != TalentStatus.PROPOSABLE:
        return
    seen = newest(books, profile, "claims")
    if seen is None or seen.content_sha256 != claims_sha256(books, profile):
        books.move(profile, TalentStatus.VERIFIED, because="claims more or other than was seen")
        profile.proposable_from = None
        books.session.flush()
