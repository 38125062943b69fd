"""What somebody claims that a person of ours must have looked at before he is proposed."""

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
    claimed = select(TalentLabel).where(
        col(TalentLabel.profile_id) == profile.id,
        col(TalentLabel.until).is_(None),
        col(TalentLabel.kind).in_(CLAIMS),
    )
    held = select(TalentCertificate.reference).where(
        col(TalentCertificate.profile_id) == profile.id,
        col(TalentCertificate.status).in_(STANDING),
    )
    return content_sha256(
        {
            "labels": sorted(
                f"{row.kind} {row.code} {row.value}" for row in books.session.exec(claimed)
            ),
            "certificates": sorted(books.session.exec(held)),
        }
    )


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
