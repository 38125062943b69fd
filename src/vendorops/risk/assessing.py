"""Adds up what counts for a case, and writes it down whenever it comes out otherwise."""

import json
from collections.abc import Iterator
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books, canonical, content_sha256
from vendorops.books.reviewing import doubts
from vendorops.documents import proposal_of
from vendorops.domain.lifecycle import ReviewStatus, WatchlistStatus
from vendorops.risk.rules import RULES, TIERS, Points, Rules, tier_of
from vendorops.tables import (
    CheckFinding,
    Party,
    Qualification,
    RiskAssessment,
    Supplier,
    Watchlist,
)

NOT_RATED = "spend-not-rated"
"""The finding that says the same as the points for an unknown currency."""
UNKNOWN = "medium"
"""The tier of a supplier that was never assessed."""
Input = dict[str, object]


def assess(books: Books, case: Qualification) -> RiskAssessment:
    """Return the risk of a case today; the one written down before where nothing changed."""
    rules = RULES.on(books.as_of)
    counted = list(_counted(books, case, rules))
    score = sum(int(str(one["points"])) for one in counted)
    least = "low" if rated(rules, case) else "medium"
    tier = tier_of(rules, score, at_least=least)
    since = RULES.since(books.as_of).isoformat()
    digest = content_sha256([counted, since, tier, score])
    known = latest(books, case)
    if known and known.content_sha256 == digest:
        return known
    return books.enter(
        RiskAssessment(
            id=books.key(),
            supplier_id=case.supplier_id,
            qualification_id=case.id,
            tier=tier,
            score=score,
            inputs=canonical(counted).decode(),
            content_sha256=digest,
            rules=since,
            assessed_on=books.as_of,
        ),
        because=f"the risk of {case.reference} is {tier}",
    )


def latest(books: Books, case: Qualification) -> RiskAssessment | None:
    """Return what was written down last about a case."""
    query = select(RiskAssessment).where(col(RiskAssessment.qualification_id) == case.id)
    return books.session.exec(query.order_by(col(RiskAssessment.id).desc())).first()


def assessments(books: Books) -> list[RiskAssessment]:
    """Return what was written down last about every case, by the case's reference."""
    query = (
        select(RiskAssessment, Qualification.reference)
        .join(Qualification, col(Qualification.id) == col(RiskAssessment.qualification_id))
        .order_by(col(Qualification.reference), col(RiskAssessment.id))
    )
    return list({reference: made for made, reference in books.session.exec(query)}.values())


def shown(assessment: RiskAssessment) -> dict[str, object]:
    """Return an assessment as the person who decides sees it."""
    rules = RULES.on(date.fromisoformat(assessment.rules))
    return {
        "tier": assessment.tier,
        "score": assessment.score,
        "counted": json.loads(assessment.inputs),
        "months_until_renewal": rules.months[assessment.tier],
    }


def rated(rules: Rules, case: Qualification) -> bool:
    """Tell whether the rules have steps for the currency of a case."""
    return proposal_of(case).currency in rules.spend


def _counted(books: Books, case: Qualification, rules: Rules) -> Iterator[Input]:
    """Yield what counts; what counts nothing is left out."""
    party = books.get(Party, books.get(Supplier, case.supplier_id).party_id)
    if party.place in rules.places:
        yield _input("place", party.place, rules.places[party.place])
    if party.place != case.place:
        yield _input("abroad", f"{party.place} in {case.place}", rules.abroad)
    yield _input("program", case.program, rules.programs.get(case.program, rules.unknown_program))
    yield from _spend(case, rules)
    found = _findings(books, case)
    yield from _several("findings", found, rules.finding, rules)
    settled = [one.reference for one in doubts(books, party.id, ReviewStatus.CLEARED)]
    yield from _several("doubts settled", settled, rules.doubt, rules)
    if not _any_list(books):
        yield _input("screening", "no list is loaded", rules.unscreened)


def _spend(case: Qualification, rules: Rules) -> Iterator[Input]:
    facts = proposal_of(case)
    cap, currency = facts.cap_minor, facts.currency
    if not rated(rules, case):
        yield _input("cap", f"{cap} {currency}", rules.unknown_currency)
        return
    steps = rules.spend[currency]
    if points := steps.points(cap):
        yield _input("cap", f"{cap} {currency}", Points(points, steps.cite))


def _several(fact: str, which: list[str], each: Points, rules: Rules) -> Iterator[Input]:
    if which:
        points = min(rules.most_of_each, each.points * len(which))
        yield _input(fact, " ".join(which), Points(points, each.cite))


def _input(fact: str, value: str, counts: Points) -> Input:
    return {"fact": fact, "value": value, "points": counts.points, "cite": counts.cite}


def _findings(books: Books, case: Qualification) -> list[str]:
    query = select(CheckFinding.code).where(
        col(CheckFinding.subject_table) == "qualification",
        col(CheckFinding.subject_id) == case.id,
        col(CheckFinding.code) != NOT_RATED,
    )
    order = (col(CheckFinding.code), col(CheckFinding.place_in_source))
    return list(books.session.exec(query.order_by(*order)))


def _any_list(books: Books) -> bool:
    query = select(Watchlist.id).where(col(Watchlist.status) == WatchlistStatus.CURRENT)
    return books.session.exec(query).first() is not None


def risk_tier(books: Books, supplier_id: int, day: date) -> str:
    """Return a supplier's tier on a day: low, medium or high.

    Of several cases the riskiest counts, each as it was last assessed by that day; a supplier
    that was never assessed is `medium`.
    """
    query = select(RiskAssessment).where(
        col(RiskAssessment.supplier_id) == supplier_id, col(RiskAssessment.assessed_on) <= day
    )
    last: dict[int, str] = {}
    for assessment in books.session.exec(query.order_by(col(RiskAssessment.id))):
        last[assessment.qualification_id] = assessment.tier
    return max(last.values(), key=TIERS.index, default=UNKNOWN)
