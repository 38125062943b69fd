"""Show a person, his report, the vocabulary, and what recruiting costs."""

from datetime import datetime
from pathlib import Path

import click
from sqlmodel import col, select

from vendorops import labels as vocabulary
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    FILE_TO_WRITE,
    READER,
    day_option,
    file_argument,
    json_option,
    opener,
)
from vendorops.labels.vocabulary import KINDS
from vendorops.tables import TalentDemand, TalentProfile, TalentProposal
from vendorops.talent.candidates import circle
from vendorops.talent.costing import costs_of
from vendorops.talent.exporting import shown
from vendorops.talent.matching import NotProposed
from vendorops.talent.report import recommendation


@click.command(help="Show TALENT (TAL-…): labels, certificates, states and circle.")
@click.argument("talent")
@day_option
@json_option
def show(talent: str, as_of: datetime | None, *, as_json: bool) -> None:
    """Show one person as he is described."""
    with opener(READER, as_of)() as books:
        profile = books.named(TalentProfile, talent)
        told = {**shown(books, profile), "circle": circle(books, profile, books.as_of).code}
    rows = [told] if as_json else [{"what": name, "is": str(told[name])} for name in told]
    emit(rows, as_json=as_json, title=talent)


@click.command(help="Write why TALENT (TAL-…) is proposed for DEMAND (DEM-…), as a PDF.")
@click.argument("demand")
@click.argument("talent")
@click.option("-o", "--output", required=True, type=FILE_TO_WRITE, help="Where to write the PDF.")
@click.option("--languages", default="zh,en", show_default=True, help="zh, en or zh,en.")
@day_option
@json_option
def report(  # noqa: PLR0913 - click's own.
    *,
    demand: str,
    talent: str,
    output: Path,
    languages: str,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Write the recommendation report of somebody who was proposed."""
    with opener(READER, as_of)() as books:
        query = select(TalentProposal).where(
            col(TalentProposal.demand_id) == books.named(TalentDemand, demand).id,
            col(TalentProposal.profile_id) == books.named(TalentProfile, talent).id,
        )
        proposal = books.session.exec(query).one_or_none()
        if proposal is None:
            raise NotProposed(f"{talent} was not proposed for {demand}; propose him first")
        paper = recommendation(books, proposal, languages)
    output.write_bytes(paper.pdf)
    told = {"template": paper.template, "file": str(output), "sha256": paper.sha256}
    emit([told], as_json=as_json, title="Report")


@click.command("labels", help="List the words that demands and people are labelled with.")
@click.argument("kind", type=click.Choice(KINDS))
@day_option
@json_option
def words(kind: str, as_of: datetime | None, *, as_json: bool) -> None:
    """List the labels of a kind on a day."""
    with opener(READER, as_of)() as books:
        found = vocabulary.labels(kind, books.as_of)
    rows = [{"code": one.code, "en": one.en, "zh": one.zh} for one in found.values()]
    emit(rows, as_json=as_json, title=kind)


@click.command(
    help="Say what recruiting cost by channel and for each hire. FILE (YAML) gives currency, "
    "period and channels, each with channel, hires, recruitment and selection."
)
@file_argument
@json_option
def cost(file: Path, *, as_json: bool) -> None:
    """Sum the costs of a file by the two formulas."""
    rows = [
        {
            "channel": one.channel,
            "hires": one.hires,
            "recruitment": one.recruitment,
            "selection": one.selection,
            "whole": one.whole,
            "per_hire": one.per_hire,
        }
        for one in costs_of(file.read_bytes())
    ]
    emit(rows, as_json=as_json, title="Recruiting")
