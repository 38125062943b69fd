"""People of the labour platform: what must be true of who is proposed, and why."""

import json
from collections.abc import Iterator

from sqlmodel import col, select

from vendorops import labels
from vendorops.books import Books, vault
from vendorops.domain.refusal import Refused
from vendorops.invariants._rule import Invariant
from vendorops.tables import Assessment, TalentCertificate, TalentProposal, VaultEntry, Worker
from vendorops.talent.assessing import scores_of
from vendorops.talent.claims import claiming_otherwise


def _numbers_are_vaulted(books: Books) -> Iterator[str]:
    kept = {
        entry.subject_id: entry
        for entry in books.session.exec(
            select(VaultEntry).where(col(VaultEntry.subject_table) == "worker")
        )
    }
    for worker in books.session.exec(select(Worker).order_by(col(Worker.reference))):
        entry = kept.get(worker.id)
        if entry is None:
            yield f"{worker.reference} has no number in the vault"
        elif _index(books, worker, entry) != worker.identifier_index:
            yield f"{worker.reference} is found by another number"


def _index(books: Books, worker: Worker, entry: VaultEntry) -> str:
    return vault.blind_index(books, vault.opened(books, entry), worker.identifier_scheme)


def _grades_follow(books: Books) -> Iterator[str]:
    for row in books.session.exec(select(Assessment).order_by(col(Assessment.reference))):
        try:
            grade = labels.competency(row.model, row.assessed_on).grade(scores_of(row))
        except (Refused, ValueError):
            yield f"{row.reference}: its scores do not fit {row.model}"
            continue
        if grade != row.grade:
            yield f"{row.reference}: {row.grade or 'no grade'}, though its scores give {grade}"


def _were_looked_at(books: Books) -> Iterator[str]:
    query = select(TalentCertificate).where(
        col(TalentCertificate.status).in_(("verified", "revoked")),
    )
    for row in books.session.exec(query.order_by(col(TalentCertificate.reference))):
        if row.verified_by in (None, row.claimed_by) or row.verified_on is None:
            yield row.reference
    yield from claiming_otherwise(books)


def _points_add_up(books: Books) -> Iterator[str]:
    for row in books.session.exec(select(TalentProposal).order_by(col(TalentProposal.id))):
        points = json.loads(row.points)
        fits = all(one["points"] == one["weight"] * one["share"] for one in points)
        if not fits or sum(one["points"] for one in points) != row.score:
            yield f"proposal {row.id}"


INVARIANTS = (
    Invariant(
        "S70",
        "the number of every worker lies in the vault, and he is found by it",
        _numbers_are_vaulted,
    ),
    Invariant(
        "S71",
        "nobody is proposable or proposed before somebody who did not register him verified him",
        """
        SELECT p.reference FROM talentprofile p WHERE (p.status = 'proposable' AND (
            p.proposable_from IS NULL OR NOT EXISTS (
                SELECT 1 FROM talentverification v WHERE v.profile_id = p.id
                AND v.what = 'identity' AND v.outcome = 'sound'
                AND v.verified_by <> p.registered_by AND v.verified_on <= p.proposable_from)
            OR NOT EXISTS (
                SELECT 1 FROM talentverification v WHERE v.profile_id = p.id
                AND v.what = 'claims' AND v.outcome = 'sound'
                AND v.verified_by <> p.registered_by)))
        OR (p.status <> 'proposable' AND p.proposable_from IS NOT NULL)
        UNION SELECT p.reference FROM talentproposal o
        JOIN talentprofile p ON p.id = o.profile_id WHERE NOT EXISTS (
            SELECT 1 FROM talentverification v WHERE v.profile_id = p.id AND v.what = 'claims'
            AND v.outcome = 'sound' AND v.verified_on <= o.proposed_on)
        """,
    ),
    Invariant(
        "S72", "a grade is what every single score of its assessment reaches", _grades_follow
    ),
    Invariant("S73", "the points of a proposal are weight times share and add up", _points_add_up),
    Invariant(
        "S74",
        "certificates were verified by another than claimed them, and what people claim was seen",
        _were_looked_at,
    ),
)
