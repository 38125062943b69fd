"""One person as ranking sees him: the same as his place in the columns, read row by row."""

from datetime import date

from sqlmodel import col, select

from vendorops import labels
from vendorops.books import Books
from vendorops.domain.lifecycle import TalentCertificateStatus
from vendorops.domain.ranking import Candidate, Certified
from vendorops.domain.ranking.demand import LabelName
from vendorops.domain.talent import Circle, circle_of
from vendorops.tables import TalentCertificate, TalentProfile
from vendorops.talent.assessed import assessed_labels
from vendorops.talent.assessing import standing
from vendorops.talent.pool import FOREVER
from vendorops.talent.profiles import labels_on


def candidate(books: Books, profile: TalentProfile, day: date) -> Candidate:
    """Return somebody described as on a day."""
    held: dict[LabelName, int] = {}
    currency, price, free = "", -1, (0, 0)
    for row in labels_on(books, profile, day):
        if row.kind == "price":
            currency, price = row.code, row.value
        elif row.free_from and row.free_to:
            free = (row.free_from.toordinal(), row.free_to.toordinal())
        else:
            held[row.kind, row.code] = row.value
    for one in standing(books, profile, day).values():
        held.update(assessed_labels(one.model, one.grade, one.scores, one.assessed_on))
    certified = tuple(_certified(row, day) for row in verified_on(books, profile, day))
    return Candidate(profile.reference, held, certified, currency, price, *free)


def verified_on(books: Books, profile: TalentProfile, day: date) -> list[TalentCertificate]:
    """Return the certificates that had been verified by a day, ended ones among them."""
    query = select(TalentCertificate).where(
        col(TalentCertificate.profile_id) == profile.id,
        col(TalentCertificate.status) == TalentCertificateStatus.VERIFIED,
        col(TalentCertificate.verified_on) <= day,
    )
    return list(books.session.exec(query.order_by(col(TalentCertificate.reference))))


def circle(books: Books, profile: TalentProfile, day: date) -> Circle:
    """Return the circle somebody belongs to on a day."""
    return circle_of(labels.circles(day), candidate(books, profile, day).labels)


def _certified(row: TalentCertificate, day: date) -> Certified:
    kind = labels.certificate(row.kind, row.track, day)
    return Certified(
        code=f"{row.kind}.{row.track}",
        rank=kind.rank(row.level),
        of=len(kind.levels),
        valid_from=row.valid_from.toordinal(),
        valid_to=row.valid_to.toordinal() if row.valid_to else FOREVER,
    )
