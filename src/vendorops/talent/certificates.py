"""Certificates that people claim, and what somebody of ours found out about them."""

from datetime import date

from sqlmodel import col, select

from vendorops import labels
from vendorops.books import Books, log, vault
from vendorops.documents.forms import BadForm
from vendorops.domain.lifecycle import TalentCertificateStatus
from vendorops.identifiers import masked
from vendorops.tables import TalentCertificate, TalentProfile
from vendorops.talent.claims import check_claims_still_hold
from vendorops.talent.forms import Certification
from vendorops.talent.rights import check_verifier

SCOPE = "certificate"
"""Of the blind index: one number is found whoever shows it."""


def claim(books: Books, profile: TalentProfile, given: Certification) -> bool:
    """Enter a certificate as claimed, and tell whether it is new."""
    kind = labels.certificate(given.type, given.track, books.as_of)
    kind.rank(given.level)
    if given.valid_to and given.valid_to <= given.valid_from:
        raise BadForm("certifications: validTo must lie after validFrom")
    number = "".join(given.id.split()).upper()
    index = vault.blind_index(books, number, f"{SCOPE} {given.type}")
    query = select(TalentCertificate).where(
        col(TalentCertificate.profile_id) == profile.id,
        col(TalentCertificate.kind) == given.type,
        col(TalentCertificate.track) == given.track,
        col(TalentCertificate.level) == given.level,
        col(TalentCertificate.number_index) == index,
        col(TalentCertificate.valid_from) == given.valid_from,
    )
    if books.session.exec(query).one_or_none():
        return False
    row = TalentCertificate(
        id=books.key(),
        reference=books.reference("CRT"),
        profile_id=profile.id,
        kind=given.type,
        track=given.track,
        level=given.level,
        issuer=given.issuing_authority,
        number_masked=masked(number),
        number_index=index,
        valid_from=given.valid_from,
        valid_to=given.valid_to,
        claimed_by=books.actor,
    )
    claimed = books.enter(row, because=f"claimed for {profile.reference}")
    vault.keep(books, claimed, "number", number, retention="certificate")
    return True


def certificates_of(books: Books, profile: TalentProfile) -> list[TalentCertificate]:
    """Return what somebody claims or has, the newest last."""
    query = select(TalentCertificate).where(col(TalentCertificate.profile_id) == profile.id)
    return list(books.session.exec(query.order_by(col(TalentCertificate.reference))))


def shown_by_others(books: Books, row: TalentCertificate) -> list[TalentCertificate]:
    """Return the same number where other people show it."""
    query = select(TalentCertificate).where(
        col(TalentCertificate.number_index) == row.number_index,
        col(TalentCertificate.profile_id) != row.profile_id,
    )
    return list(books.session.exec(query.order_by(col(TalentCertificate.reference))))


def verify_certificate(
    books: Books, row: TalentCertificate, *, sound: bool, because: str
) -> TalentCertificate:
    """Say that a certificate was found with its issuer, or was not.

    Refused: by whoever registered the person, for a certificate that has ended, and for a number
    that somebody else shows too.
    """
    log.lock(books.session)
    profile = books.get(TalentProfile, row.profile_id)
    check_verifier(books, profile)
    if not sound:
        ended = row.status == TalentCertificateStatus.VERIFIED
        after = TalentCertificateStatus.REVOKED if ended else TalentCertificateStatus.REJECTED
        books.move(row, after, because=because)
        check_claims_still_hold(books, profile)
        return row
    _check_valid(row, books.as_of)
    others = ", ".join(other.reference for other in shown_by_others(books, row))
    if others:
        raise BadForm(
            f"{row.reference}: its number is shown as {others} too; find out whose it is, and"
            " reject the others first"
        )
    books.move(row, TalentCertificateStatus.VERIFIED, because=because)
    row.verified_by, row.verified_on = books.actor, books.as_of
    books.session.flush()
    return row


def _check_valid(row: TalentCertificate, day: date) -> None:
    if row.valid_to and row.valid_to <= day:
        raise BadForm(f"{row.reference} ended on {row.valid_to}; ask for the renewed one")
