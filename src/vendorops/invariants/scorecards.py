"""Scores: what must be true of how suppliers are judged."""

from collections.abc import Iterable
from hashlib import sha256

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.scorecard import WHOLE_E6, total_of
from vendorops.invariants._rule import Invariant
from vendorops.tables import ScorecardRun
from vendorops.working.scorecards import result_of


def unsound_scores(books: Books) -> Iterable[str]:
    """Name scores that do not follow from their lines, or whose weights are not the whole."""
    for run in books.session.exec(select(ScorecardRun).order_by(col(ScorecardRun.id))):
        lines = result_of(books, run).lines
        whole = sum(line.weight_e6 for line in lines)
        if whole != WHOLE_E6 or run.score_e4 not in (None, total_of(lines, 0)):
            yield run.reference


def other_inputs(books: Books) -> Iterable[str]:
    """Name scores whose kept figures are not those they were computed from."""
    for run in books.session.exec(select(ScorecardRun).order_by(col(ScorecardRun.id))):
        if sha256(run.inputs.encode()).hexdigest() != run.inputs_sha256:
            yield run.reference


INVARIANTS = (
    Invariant(
        "M74",
        "the weights of a score are exactly the whole, and it follows from its lines",
        unsound_scores,
    ),
    Invariant("M75", "a score is kept with the figures it was computed from", other_inputs),
    Invariant(
        "M76",
        "a score was published before it was contested, by its own supplier, or became final",
        """
        SELECT r.reference FROM scorecardrun r
        WHERE (r.status IN ('published', 'contested', 'final')
            AND (r.published_by = '' OR r.contest_until IS NULL))
        OR (r.contested_by <> '' AND r.contested_on > r.contest_until)
        OR (r.contested_by <> '' AND NOT EXISTS (
            SELECT 1 FROM person p JOIN supplier s ON s.party_id = p.party_id
            WHERE p.handle = r.contested_by AND s.id = r.supplier_id))
        """,
    ),
)
