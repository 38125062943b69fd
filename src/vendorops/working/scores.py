"""What scores decide and what another formula would: gates of tiers, and back-tests."""

from datetime import date

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.domain.lifecycle import ScorecardRunStatus
from vendorops.domain.periods import Period
from vendorops.domain.scorecard import Band, Formula, Moved, Scored, back_test, scored
from vendorops.tables import Event, ScorecardRun, Supplier
from vendorops.working.measuring import read_back
from vendorops.working.scorecards import NotScorable, result_of


def minimum_score(books: Books, supplier: Supplier, day: date) -> int | None:
    """Return the score a supplier is measured by on a day, in ten-thousandths of a point.

    It is the lowest among the newest scores of all scorecards that were final by then; None where
    there is none.
    """
    query = (
        select(ScorecardRun)
        .join(Event, col(Event.subject_id) == col(ScorecardRun.id))
        .where(
            col(ScorecardRun.supplier_id) == supplier.id,
            col(ScorecardRun.score_e4).is_not(None),
            col(Event.subject_table) == ScorecardRun.__name__.lower(),
            col(Event.after) == ScorecardRunStatus.FINAL.value,
            col(Event.business_day) <= day,
        )
        .order_by(col(ScorecardRun.period_end), col(ScorecardRun.id))
    )
    newest = {run.code: run.score_e4 for run in books.session.exec(query)}
    return min((score for score in newest.values() if score is not None), default=None)


def closed_runs(books: Books, code: str, period: Period) -> dict[str, ScorecardRun]:
    """Return the scores of a period that stand, by their suppliers' references."""
    query = (
        select(Supplier.reference, ScorecardRun)
        .join(Supplier, col(Supplier.id) == col(ScorecardRun.supplier_id))
        .where(
            col(ScorecardRun.code) == code,
            col(ScorecardRun.period_start) == period.start,
            col(ScorecardRun.period_end) == period.end,
            col(ScorecardRun.status) != ScorecardRunStatus.WITHDRAWN,
        )
    )
    return dict(books.session.exec(query.order_by(col(Supplier.reference))).all())


def tested(books: Books, code: str, period: Period, formula: Formula) -> list[Moved]:
    """Score a period's kept figures by another formula; nothing is entered.

    Refused where the period was not scored: there is nothing to compare with.
    """
    runs = closed_runs(books, code, period)
    if not runs:
        raise NotScorable(f"{code} has no scores of {period}; score it first")
    before = {name: result_of(books, run) for name, run in runs.items()}
    after = {
        name: _plain(scored(formula, read_back(run.inputs)[formula.hours]))
        for name, run in runs.items()
    }
    return back_test(before, after)


def _plain(result: Scored) -> Scored:
    """Return a score whose band is told by its name and tier alone, as the books have it."""
    band = Band(result.band.name, result.band.tier, 0) if result.band else None
    return Scored(result.lines, result.score_e4, band)
