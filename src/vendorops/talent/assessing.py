"""Assessments: dated, by name, never edited; the newest one holds."""

import json
from collections.abc import Mapping
from datetime import date

from sqlmodel import col, select

from vendorops import labels
from vendorops.books import Books, canonical, log
from vendorops.documents import keep
from vendorops.tables import Assessment, TalentProfile
from vendorops.talent.rights import check_assessor


def assess(
    books: Books, profile: TalentProfile, model: str, scores: Mapping[str, int], evidence: bytes
) -> Assessment:
    """Enter what a person scored in a competency model, and the grade that follows.

    `evidence` is kept: the sheet, recording or note the scores rest on.
    """
    log.lock(books.session)
    check_assessor(books, profile)
    grade = labels.competency(model, books.as_of).grade(scores)
    row = Assessment(
        id=books.key(),
        reference=books.reference("ASM"),
        profile_id=profile.id,
        model=model,
        scores=canonical(dict(scores)).decode(),
        grade=grade,
        assessor=books.actor,
        assessed_on=books.as_of,
        evidence_sha256=keep(books, evidence, f"assessment of {profile.reference}"),
    )
    return books.enter(row, because=f"{profile.reference} in {model}: {grade or 'no grade'}")


def standing(books: Books, profile: TalentProfile, day: date) -> dict[str, Assessment]:
    """Return the newest assessment in each model until a day."""
    query = select(Assessment).where(
        col(Assessment.profile_id) == profile.id, col(Assessment.assessed_on) <= day
    )
    rows = books.session.exec(query.order_by(col(Assessment.assessed_on), col(Assessment.id)))
    return {row.model: row for row in rows}


def scores_of(row: Assessment) -> dict[str, int]:
    """Return the scores by dimension."""
    found: dict[str, int] = json.loads(row.scores)
    return found
