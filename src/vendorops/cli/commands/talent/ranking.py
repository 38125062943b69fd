"""Place demands, rank people for them, propose, say what came of it, and test other formulas."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import get_args

import click

from vendorops import labels
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    READER,
    as_option,
    books_of,
    day_option,
    file_argument,
    json_option,
    opener,
)
from vendorops.domain.ranking import Formula, Point
from vendorops.tables import TalentDemand, TalentProfile
from vendorops.talent.back_testing import back_test as rank_again
from vendorops.talent.demands import place_demand
from vendorops.talent.matching import Outcome, tell_outcome
from vendorops.talent.matching import propose as enter_proposal
from vendorops.talent.matching import rank as best

formula_option = click.option("--formula", default="", help="A version; today's unless given.")


@click.command(help="Place the demand of FILE (YAML): title, starts, ends, places, labels …")
@file_argument
@as_option
@day_option
@json_option
def demand(file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Enter a demand in labels."""
    with books_of(actor, as_of) as books:
        row = place_demand(books, file.read_bytes())
        told = {"demand": row.reference, "title": row.title, "asked_by": row.asked_by}
    emit([told], as_json=as_json, title="Demand")


@click.command(help="Rank people for DEMAND (DEM-…) and explain each place, label by label.")
@click.argument("demand")
@click.option(
    "--most",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    help="So many people at most.",
)
@formula_option
@day_option
@json_option
def rank(demand: str, most: int, formula: str, as_of: datetime | None, *, as_json: bool) -> None:
    """List the best people that nothing keeps out."""
    with opener(READER, as_of)() as books:
        chosen = _formula(formula, books.as_of)
        found = best(books, books.named(TalentDemand, demand), chosen, most)
    rows = [
        {
            "rank": place.ranked.rank,
            "talent": place.ranked.reference,
            "score": place.ranked.score,
            "formula": chosen.version,
            "points": _points(place.points),
        }
        for place in found
    ]
    emit(rows, as_json=as_json, title=f"For {demand}")


@click.command(help="Propose TALENT (TAL-…) for DEMAND (DEM-…), at the place he has today.")
@click.argument("demand")
@click.argument("talent")
@formula_option
@as_option
@day_option
@json_option
def propose(  # noqa: PLR0913 - click's own.
    *,
    demand: str,
    talent: str,
    formula: str,
    actor: str | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Enter a proposal; refused where the person is not verified."""
    with books_of(actor, as_of) as books:
        row = books.named(TalentDemand, demand)
        profile = books.named(TalentProfile, talent)
        made = enter_proposal(books, row, profile, _formula(formula, books.as_of))
        told = {"demand": demand, "talent": talent, "rank": made.rank, "score": made.score}
    emit([told], as_json=as_json, title="Proposed")


@click.command(help="Say what came of proposing TALENT for DEMAND.")
@click.argument("demand")
@click.argument("talent")
@click.argument("result", type=click.Choice(get_args(Outcome)))
@as_option
@day_option
@json_option
def outcome(  # noqa: PLR0913 - click's own.
    *,
    demand: str,
    talent: str,
    result: Outcome,
    actor: str | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Enter the outcome of a proposal."""
    with books_of(actor, as_of) as books:
        row = books.named(TalentDemand, demand)
        tell_outcome(books, row, books.named(TalentProfile, talent), result)
    emit([{"demand": demand, "talent": talent, "outcome": result}], as_json=as_json)


@click.command("back-test", help="Rank every past demand again by another formula: who moves?")
@click.option("--formula", required=True, help="A version of labels/formulas.yaml.")
@day_option
@json_option
def back_test(formula: str, as_of: datetime | None, *, as_json: bool) -> None:
    """Say of everybody who was proposed where he would stand, and who would come in."""
    with opener(READER, as_of)() as books:
        moved = rank_again(books, labels.formula(formula))
    emit([{**vars(one), "would": one.would} for one in moved], as_json=as_json, title=formula)


def _formula(version: str, day: date) -> Formula:
    return labels.formula(version) if version else labels.formula_on(day)


def _points(points: Sequence[Point]) -> list[str]:
    return [
        f"{one.kind} {one.code}".strip() + f": {one.weight} x {one.share} = {one.points}"
        for one in points
    ]
