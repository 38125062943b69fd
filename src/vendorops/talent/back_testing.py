"""What another formula would have changed: past demands ranked again, people as they were then."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.ranking import Formula
from vendorops.tables import TalentDemand, TalentProfile, TalentProposal
from vendorops.talent.demands import wanted_by
from vendorops.talent.matching import proposals
from vendorops.talent.pool import load


@dataclass(frozen=True)
class Moved:
    """Where somebody stood for a demand, and where he would stand."""

    demand: str
    talent: str
    outcome: str
    """What came of it; empty for who was not proposed then."""
    formula_then: str
    rank_then: int | None
    rank_now: int | None
    """None for who is outside the frame, or may not be proposed any more."""

    @property
    def would(self) -> str:
        """What another formula would have done with him."""
        if self.rank_then is None:
            return "come in"
        if self.rank_now is None:
            return "not be ranked"
        moved = self.rank_then - self.rank_now
        return "stay" if not moved else f"{'rise' if moved > 0 else 'fall'} by {abs(moved)}"


def back_test(books: Books, formula: Formula) -> list[Moved]:
    """Rank every past demand again, on the day its people were proposed.

    Told are all who were proposed, and who would have been in their place. Whoever is doubted,
    gone, or verified anew since is not ranked again; labels are those of the day.
    """
    query = select(TalentDemand).where(col(TalentDemand.id).in_(select(TalentProposal.demand_id)))
    found = books.session.exec(query.order_by(col(TalentDemand.reference))).all()
    return [moved for row in found for moved in _again(books, row, formula)]


def _again(books: Books, row: TalentDemand, formula: Formula) -> Iterator[Moved]:
    then = proposals(books, row)
    people = load(books, max(one.proposed_on for one in then))
    ranked = people.ranked(wanted_by(row), formula, len(people.references))
    now = {one.reference: one.rank for one in ranked}
    proposed = set()
    for one in then:
        talent = books.get(TalentProfile, one.profile_id).reference
        proposed.add(talent)
        yield Moved(row.reference, talent, one.outcome, one.formula, one.rank, now.get(talent))
    for best in ranked[: len(then)]:
        if best.reference not in proposed:
            yield Moved(row.reference, best.reference, "", "", None, best.rank)
