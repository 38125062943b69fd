"""The gate before proposals: a person verifies who somebody is, then what he claims."""

from sqlmodel import col, select

from vendorops.books import Books, log
from vendorops.documents import keep
from vendorops.domain.lifecycle import TalentCertificateStatus, TalentStatus, WorkerStatus
from vendorops.domain.refusal import Refused
from vendorops.tables import TalentCertificate, TalentProfile, TalentVerification, Worker
from vendorops.talent.claims import claims_sha256, identity_sha256
from vendorops.talent.rights import check_verifier

IDENTITY, CLAIMS = "identity", "claims"
SOUND, DOUBTFUL = "sound", "doubtful"


class NotVerified(Refused):
    """Nobody is proposed before his identity and claims were verified by a person."""


class NotInThatOrder(Refused):
    """Something else must be verified first."""


class TalentDoubtful(Refused):
    """Somebody of ours doubts who the person is, or what he claims."""


def verify(
    books: Books, profile: TalentProfile, what: str, finding: tuple[str, str], evidence: bytes
) -> TalentVerification:
    """Enter what was found about somebody's identity or claims: `(sound or doubtful, reason)`.

    Sound claims make him proposable; any doubt stops him until his identity is verified anew.
    """
    log.lock(books.session)
    check_verifier(books, profile)
    outcome, reason = finding
    after = _after(books, profile, what, outcome)
    seen = identity_sha256 if what == IDENTITY else claims_sha256
    row = TalentVerification(
        id=books.key(),
        profile_id=profile.id,
        what=what,
        outcome=outcome,
        reason=reason,
        verified_by=books.actor,
        verified_on=books.as_of,
        content_sha256=seen(books, profile),
        evidence_sha256=keep(books, evidence, f"verification of {profile.reference}"),
    )
    books.enter(row, because=f"{what} of {profile.reference} found {outcome}: {reason}")
    if profile.status == TalentStatus.DOUBTFUL and after == TalentStatus.VERIFIED:
        books.move(profile, TalentStatus.REGISTERED, because=f"the doubt was settled: {reason}")
    if profile.status != after:
        books.move(profile, after, because=f"{what} {outcome}: {reason}")
    proposable = after == TalentStatus.PROPOSABLE
    profile.proposable_from = (profile.proposable_from or books.as_of) if proposable else None
    books.session.flush()
    return row


def _after(books: Books, profile: TalentProfile, what: str, outcome: str) -> TalentStatus:
    """Return the state somebody is in then, or refuse a step that comes too early."""
    if outcome == DOUBTFUL:
        return TalentStatus.DOUBTFUL
    if what == IDENTITY:
        early = (TalentStatus.REGISTERED, TalentStatus.DOUBTFUL)
        known = TalentStatus(profile.status)
        return TalentStatus.VERIFIED if known in early else known
    if profile.status not in (TalentStatus.VERIFIED, TalentStatus.PROPOSABLE):
        raise NotInThatOrder(
            f"{profile.reference} is {profile.status}; verify the identity before the claims"
        )
    waiting = _unsettled(books, profile)
    if waiting:
        raise NotInThatOrder(
            f"{profile.reference}: {', '.join(waiting)} is claimed and nobody has verified or"
            " rejected it; do that first"
        )
    return TalentStatus.PROPOSABLE


def _unsettled(books: Books, profile: TalentProfile) -> list[str]:
    query = select(TalentCertificate.reference).where(
        col(TalentCertificate.profile_id) == profile.id,
        col(TalentCertificate.status) == TalentCertificateStatus.CLAIMED,
    )
    return list(books.session.exec(query.order_by(col(TalentCertificate.reference))))


def check_proposable(books: Books, profile: TalentProfile) -> None:
    """Refuse to propose somebody who is not verified, is doubted, or no longer works."""
    worker = books.get(Worker, profile.worker_id)
    if worker.status != WorkerStatus.ACTIVE:
        raise NotVerified(f"{profile.reference}: {worker.reference} is {worker.status}")
    if profile.status == TalentStatus.DOUBTFUL:
        raise TalentDoubtful(
            f"{profile.reference} is doubted; nobody proposes him until the doubt is settled"
        )
    if profile.status != TalentStatus.PROPOSABLE:
        missing = "identity" if profile.status == TalentStatus.REGISTERED else "claims"
        raise NotVerified(
            f"{profile.reference} is {profile.status}; its {missing} must be verified by a person"
            " first: vendorops talent verify"
        )
