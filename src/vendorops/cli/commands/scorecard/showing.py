"""Contest a score, and list scores with what each figure earned."""

from collections.abc import Iterable
from datetime import datetime

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    READER,
    WORDS,
    as_option,
    books_of,
    day_option,
    json_option,
    opener,
)
from vendorops.cli.waiting import waits_for
from vendorops.domain.scorecard import MOST_E4
from vendorops.stages import sweep
from vendorops.tables import ScorecardRun, Supplier
from vendorops.working.scorecards import contest as enter
from vendorops.working.scorecards import result_of

STAGE = "scorecards"
POINT_E4 = MOST_E4 // 100


@click.command(help="Contest SCORE (SCR-…) for its supplier, in time; an approver decides.")
@click.argument("score")
@click.option("--reason", type=WORDS, required=True, help="Which figure is wrong, and how.")
@as_option
@day_option
@json_option
def contest(
    score: str, reason: str, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Contest one score and put it before whoever decides."""
    with books_of(actor, as_of) as books:
        ident = books.named(ScorecardRun, score).id
        enter(books, books.get(ScorecardRun, ident), reason)
    sweep(STAGE, opener(f"system:{STAGE}", as_of), [ident])
    with opener(READER, as_of)() as books:
        row = books.get(ScorecardRun, ident)
        emit([told(books, row) | waits_for(books, row)], as_json=as_json, title="Contested")


@click.command(
    "list", help="List scores, the newest period first; of one supplier with --supplier."
)
@click.option("--supplier", help="SUP-…")
@day_option
@json_option
def listed(supplier: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """List scores with the points of each figure."""
    query = select(ScorecardRun).order_by(
        col(ScorecardRun.period_end).desc(), col(ScorecardRun.score_e4).desc()
    )
    with opener(READER, as_of)() as books:
        if supplier:
            mine = books.named(Supplier, supplier)
            query = query.where(col(ScorecardRun.supplier_id) == mine.id)
        rows = all_told(books, books.session.exec(query).all())
    emit(rows, as_json=as_json, title="Scores")


def all_told(books: Books, runs: Iterable[ScorecardRun]) -> list[dict[str, object]]:
    """Return scores as people and scripts read them."""
    return [told(books, run) for run in runs]


def told(books: Books, run: ScorecardRun) -> dict[str, object]:
    """Return a score as people and scripts read it."""
    lines = result_of(books, run).lines
    return {
        "score": run.reference,
        "supplier": books.get(Supplier, run.supplier_id).reference,
        "scorecard": run.code,
        "formula": run.formula_from.isoformat(),
        "from": run.period_start.isoformat(),
        "to": run.period_end.isoformat(),
        "points": points(run.score_e4),
        "band": run.band,
        "tier": run.tier,
        "status": run.status,
        "contest_until": run.contest_until,
        "lines": [f"{line.metric} {points(line.points_e4) or 'not measured'}" for line in lines],
    }


def points(score_e4: int | None) -> str | None:
    """Write points of 100 with two decimals, cut off; None stays None.

    >>> points(874_999)
    '87.49'
    """
    if score_e4 is None:
        return None
    sign = "-" if score_e4 < 0 else ""
    whole, rest = divmod(abs(score_e4), POINT_E4)
    return f"{sign}{whole}.{rest // 100:02d}"
