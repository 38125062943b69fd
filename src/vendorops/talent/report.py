"""The recommendation report: why somebody is proposed, in four parts and a picture."""

import json
from typing import Any

from sqlmodel import col, select

from vendorops import labels
from vendorops.books import Books
from vendorops.documents import DocumentOrder, RenderedDocument, render_document
from vendorops.documents.fields import Data
from vendorops.tables import (
    Assessment,
    LegalEntity,
    Party,
    TalentDemand,
    TalentProfile,
    TalentProposal,
    Worker,
)
from vendorops.talent.assessed import level_code
from vendorops.talent.assessing import scores_of, standing
from vendorops.talent.candidates import circle, verified_on
from vendorops.talent.pool import pool
from vendorops.talent.profiles import labels_on, strengths_of
from vendorops.talent.rights import supplier_of
from vendorops.talent.verifying import check_proposable

KIND = "recommendation"
KINDS = {
    "role": ("岗位", "Role"),
    "level": ("等级", "Level"),
    "force": ("能力", "Force"),
    "industry": ("行业", "Industry"),
    "certificate": ("证书", "Certificate"),
    "language": ("语言", "Language"),
    "place": ("地点", "Place"),
    "price": ("价格", "Price below the cap"),
    "availability": ("可用期间", "Days available"),
}
Row = dict[str, str]


def recommendation(
    books: Books, proposal: TalentProposal, languages: str = "zh,en"
) -> RenderedDocument:
    """Set the report of somebody who was proposed; the same rows give the same bytes.

    Refused where he may not be proposed any more. What is told is what held when he was.
    """
    profile = books.get(TalentProfile, proposal.profile_id)
    check_proposable(books, profile)
    place = books.get(Worker, profile.worker_id).place
    fields: Data = {
        **_heading(books, profile, languages),
        **_place_of(books, proposal),
        **_person(books, profile, proposal),
    }
    return render_document(
        books.settings.templates, DocumentOrder(KIND, place, proposal.proposed_on, fields)
    )


def _heading(books: Books, profile: TalentProfile, languages: str) -> dict[str, str]:
    ours = books.session.exec(select(LegalEntity).order_by(col(LegalEntity.code))).first()
    buyer = books.get(Party, ours.party_id) if ours else None
    theirs = books.get(Party, supplier_of(books, profile).party_id)
    return {
        "languages": languages,
        "reference": profile.reference,
        "supplier_name": theirs.name,
        "supplier_kind": theirs.kind,
        "supplier_identifier_masked": theirs.identifier_masked,
        "buyer_name": buyer.name if buyer else "",
        "buyer_identifier_masked": buyer.identifier_masked if buyer else "",
    }


def _place_of(books: Books, proposal: TalentProposal) -> dict[str, Any]:
    demand = books.get(TalentDemand, proposal.demand_id)
    return {
        "contract_reference": demand.reference,
        "program_title": demand.title,
        "day": proposal.proposed_on.isoformat(),
        "demand_reference": demand.reference,
        "demand_title": demand.title,
        "rank": f"{proposal.rank:,}",
        "of": f"{len(pool(books, books.as_of).references):,}",
        "score": f"{proposal.score:,}",
        "formula": proposal.formula,
        "points": [_point(books, one) for one in json.loads(proposal.points)],
    }


def _point(books: Books, one: dict[str, Any]) -> Row:
    zh, en = KINDS[one["kind"]]
    if one["code"]:
        word = labels.label(one["kind"], one["code"], books.as_of)
        zh, en = f"{zh} {word.zh}", f"{en}: {word.en}"
    figures = {name: f"{one[name]:,}" for name in ("weight", "share", "points")}
    return {"zh": zh, "en": en, **figures}


def _person(books: Books, profile: TalentProfile, proposal: TalentProposal) -> dict[str, Any]:
    day = proposal.proposed_on
    worker = books.get(Worker, profile.worker_id)
    group = circle(books, profile, day)
    return {
        "talent": f"{worker.name} ({profile.reference})",
        "circle": f"{group.zh} {group.en}",
        "industries": _labels(books, profile, proposal, "industry"),
        "roles": _labels(books, profile, proposal, "role"),
        "certificates": _certificates(books, profile, proposal),
        "strengths": strengths_of(profile),
        **_assessed(standing(books, profile, day)),
    }


def _labels(
    books: Books, profile: TalentProfile, proposal: TalentProposal, kind: str
) -> list[Row]:
    day = proposal.proposed_on
    found = [row for row in labels_on(books, profile, day) if row.kind == kind]
    found.sort(key=lambda row: (-row.value, row.code))
    words = [(labels.label(kind, row.code, row.since), row.value) for row in found]
    return [{"zh": word.zh, "en": word.en, "strength": str(value)} for word, value in words]


def _certificates(books: Books, profile: TalentProfile, proposal: TalentProposal) -> list[Row]:
    day = proposal.proposed_on
    rows = []
    for held in verified_on(books, profile, day):
        word = labels.label("certificate", f"{held.kind}.{held.track}", day)
        until = held.valid_to.isoformat() if held.valid_to else "-"
        rows.append({"zh": word.zh, "en": word.en, "level": held.level, "valid_to": until})
    return rows


def _assessed(found: dict[str, Assessment]) -> dict[str, Any]:
    """Return the newest assessment, its forces in the order of the model."""
    if not found:
        nothing = ("model", "grade", "assessor", "assessed_on")
        return {"forces": [], **dict.fromkeys(nothing, "")}
    row = max(found.values(), key=lambda one: (one.assessed_on, one.id))
    model = labels.competency(row.model, row.assessed_on)
    scores = scores_of(row)
    forces = [
        {"zh": zh, "en": en, "score": str(scores[name])}
        for name, (en, zh) in model.dimensions.items()
    ]
    grade = "-"
    if row.grade:
        word = labels.label("level", level_code(row.model, row.grade), row.assessed_on)
        grade = f"{word.zh} {word.en}"
    return {
        "forces": forces,
        "model": f"{model.zh} {model.en}",
        "grade": grade,
        "assessor": row.assessor,
        "assessed_on": row.assessed_on.isoformat(),
    }
