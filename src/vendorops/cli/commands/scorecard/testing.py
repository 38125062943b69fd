"""Score a closed period by another version of the formula: who would have moved, by how much."""

from datetime import datetime
from pathlib import Path

import click

from vendorops.cli.commands.scorecard.showing import points
from vendorops.cli.months import months_options
from vendorops.cli.printing import emit
from vendorops.cli.session import DAY, FILE, READER, json_option, opener
from vendorops.cli.texts import text_of
from vendorops.domain.periods import Period
from vendorops.domain.scorecard import Moved
from vendorops.scorecards import scorecard, scorecard_from
from vendorops.working.scores import tested


@click.command(
    "back-test",
    help="Score some months by another version of scorecard CODE, from the figures kept with "
    "their scores, and show who would have had another rank or band. Nothing is entered.",
)
@click.argument("code")
@months_options
@click.option("--version", type=DAY, help="Version that holds on a day.")
@click.option("--formula", type=FILE, help="A file of versions that is not on the shelf yet.")
@json_option
def back_test(
    code: str,
    period: Period,
    version: datetime | None,
    formula: Path | None,
    *,
    as_json: bool,
) -> None:
    """Compare the scores that stand with those of another formula."""
    versions = scorecard_from(text_of(formula), code) if formula else scorecard(code)
    chosen = versions.on(version.date()) if version else versions.on(max(versions.versions))
    with opener(READER)() as books:
        rows = [_told(one) for one in tested(books, code, period, chosen)]
    emit(rows, as_json=as_json, title=f"{code} by the formula of {chosen.since}")


def _told(one: Moved) -> dict[str, object]:
    before, after = one.before.band, one.after.band
    return {
        "supplier": one.supplier,
        "points_before": points(one.before.score_e4),
        "points_after": points(one.after.score_e4),
        "by": points(one.by_e4),
        "rank_before": one.rank_before,
        "rank_after": one.rank_after,
        "band_before": before.name if before else None,
        "band_after": after.name if after else None,
        "tier_before": before.tier if before else None,
        "tier_after": after.tier if after else None,
        "moves": one.moves,
    }
