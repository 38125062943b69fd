"""Score suppliers, publish their scores, and make them final."""

from datetime import datetime

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.commands.scorecard.showing import STAGE, all_told
from vendorops.cli.months import months_options
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, as_option, books_of, day_option, json_option, opener
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.stages import sweep
from vendorops.tables import ScorecardRun, Supplier
from vendorops.working.scorecards import compute
from vendorops.working.scorecards import publish as let_know


class NotFinal(Refused):
    """Some of the scores could not be made final."""


@click.command(help="Score one supplier, or all, for some months by scorecard CODE.")
@click.argument("code")
@months_options
@click.option("--supplier", help="SUP-…; all of them unless given.")
@day_option
@json_option
def run(
    code: str,
    period: Period,
    supplier: str | None,
    as_of: datetime | None,
    *,
    as_json: bool,
) -> None:
    """Compute scores; those of the same figures are not computed twice."""
    with opener(f"system:{STAGE}", as_of)() as books:
        runs = [compute(books, code, row, period) for row in _suppliers(books, supplier)]
        rows = all_told(books, runs)
    emit(rows, as_json=as_json, title="Scores computed")


def _suppliers(books: Books, reference: str | None) -> list[Supplier]:
    if reference:
        return [books.named(Supplier, reference)]
    return list(books.session.exec(select(Supplier).order_by(col(Supplier.reference))))


@click.command(help="Publish SCORES (SCR-…); their suppliers may contest them for some days.")
@click.argument("scores", nargs=-1, required=True)
@as_option
@day_option
@json_option
def publish(
    scores: tuple[str, ...], actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Publish scores, all of them or none."""
    with books_of(actor, as_of) as books:
        runs = [books.named(ScorecardRun, score) for score in scores]
        for row in runs:
            let_know(books, row)
        rows = all_told(books, runs)
    emit(rows, as_json=as_json, title="Scores published")


@click.command(help="Make SCORES (SCR-…) final that nobody contested in time, or all such scores.")
@click.argument("scores", nargs=-1)
@day_option
@json_option
def finalise(scores: tuple[str, ...], as_of: datetime | None, *, as_json: bool) -> None:
    """Make scores final; one that may still be contested is refused."""
    with opener(READER, as_of)() as books:
        idents = [books.named(ScorecardRun, score).id for score in scores] or None
    outcome = sweep(STAGE, opener(f"system:{STAGE}", as_of), idents)
    done = [*outcome.advanced, *outcome.waiting]
    with opener(READER, as_of)() as books:
        rows = all_told(books, [books.named(ScorecardRun, score) for score in done])
    emit(rows, as_json=as_json, title="Scores")
    if outcome.refused:
        raise NotFinal("; ".join(reason for _, reason in outcome.refused))
