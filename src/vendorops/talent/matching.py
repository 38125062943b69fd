"""Ranks people for a demand, explains each place, proposes, and remembers what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlmodel import col, select

from vendorops.books import Books, canonical, log
from vendorops.domain.ranking import Demand, Formula, Point, Ranked, explained, unmet
from vendorops.domain.refusal import Refused
from vendorops.tables import TalentDemand, TalentProfile, TalentProposal
from vendorops.talent.candidates import candidate
from vendorops.talent.demands import wanted_by
from vendorops.talent.pool import pool
from vendorops.talent.rights import check_buyer
from vendorops.talent.verifying import check_proposable

Outcome = Literal["interviewed", "hired", "declined"]


class OutsideTheFrame(Refused):
    """The demand's frame keeps the person out."""


class NotProposed(Refused):
    """Nobody proposed that person for that demand."""


class OutcomeKnown(Refused):
    """What came of a proposal was said already."""


@dataclass(frozen=True)
class Place:
    """Somebody's place for a demand and every point of it."""

    ranked: Ranked
    points: Sequence[Point]


def rank(books: Books, row: TalentDemand, formula: Formula, most: int) -> list[Place]:
    """Return the best people for a demand, best first, each point explained."""
    demand = wanted_by(row)
    best = pool(books, books.as_of).ranked(demand, formula, most)
    return [_explained(books, demand, formula, one) for one in best]


def _explained(books: Books, demand: Demand, formula: Formula, ranked: Ranked) -> Place:
    profile = books.named(TalentProfile, ranked.reference)
    points = explained(candidate(books, profile, books.as_of), demand, formula)
    if sum(point.points for point in points) != ranked.score:
        raise AssertionError(f"{ranked.reference}: its points do not add up to its score")
    return Place(ranked, points)


def propose(
    books: Books, row: TalentDemand, profile: TalentProfile, formula: Formula
) -> TalentProposal:
    """Propose somebody for a demand, at the place he has today; twice is once.

    Refused by name where he is not verified, is doubted, or the demand's frame keeps him out.
    """
    log.lock(books.session)
    check_buyer(books, f"propose people for {row.reference}")
    known = _proposal(books, row, profile)
    if known:
        return known
    check_proposable(books, profile)
    place = _place(books, row, profile, formula)
    points = [{**vars(point), "points": point.points} for point in place.points]
    return books.enter(
        TalentProposal(
            id=books.key(),
            demand_id=row.id,
            profile_id=profile.id,
            formula=formula.version,
            rank=place.ranked.rank,
            score=place.ranked.score,
            points=canonical(points).decode(),
            proposed_by=books.actor,
            proposed_on=books.as_of,
        ),
        because=f"{profile.reference} for {row.reference}",
    )


def _place(books: Books, row: TalentDemand, profile: TalentProfile, formula: Formula) -> Place:
    demand = wanted_by(row)
    missing = unmet(candidate(books, profile, books.as_of), demand)
    if missing:
        raise OutsideTheFrame(f"{profile.reference} {', and '.join(missing)} ({row.reference})")
    people = pool(books, books.as_of)
    everybody = people.ranked(demand, formula, len(people.references))
    ranked = next(one for one in everybody if one.reference == profile.reference)
    return _explained(books, demand, formula, ranked)


def tell_outcome(
    books: Books, row: TalentDemand, profile: TalentProfile, outcome: Outcome
) -> TalentProposal:
    """Say what came of a proposal: an interview, then a hire or none."""
    log.lock(books.session)
    check_buyer(books, f"say what came of {row.reference}")
    proposal = _proposal(books, row, profile)
    if proposal is None:
        raise NotProposed(f"{profile.reference} was never proposed for {row.reference}")
    if proposal.outcome == outcome:
        return proposal
    if proposal.outcome in ("hired", "declined"):
        raise OutcomeKnown(f"{profile.reference} was {proposal.outcome} for {row.reference}")
    proposal.outcome, proposal.outcome_by = outcome, books.actor
    proposal.outcome_on = books.as_of
    books.record("outcome", proposal, f"{profile.reference} {outcome} for {row.reference}")
    books.session.flush()
    return proposal


def proposals(books: Books, row: TalentDemand) -> list[TalentProposal]:
    """Return who was proposed for a demand, by rank."""
    query = select(TalentProposal).where(col(TalentProposal.demand_id) == row.id)
    return list(books.session.exec(query.order_by(col(TalentProposal.rank))))


def _proposal(books: Books, row: TalentDemand, profile: TalentProfile) -> TalentProposal | None:
    query = select(TalentProposal).where(
        col(TalentProposal.demand_id) == row.id, col(TalentProposal.profile_id) == profile.id
    )
    return books.session.exec(query).one_or_none()
