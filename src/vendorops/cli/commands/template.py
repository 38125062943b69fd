"""Contract templates and their clauses: which there are, and what they look like."""

from pathlib import Path
from typing import Any

import click

from vendorops.cli.printing import emit, watched
from vendorops.cli.session import json_option
from vendorops.documents.previews import Preview, page_count, previews, write_pages
from vendorops.documents.templates import shelf
from vendorops.domain.refusal import Refused
from vendorops.settings import Settings


class TemplatesBroken(Refused):
    """Some templates cannot be set with their own invented facts."""


@click.group(help="Document templates: which there are, and what they look like.")
def command() -> None:
    """Group the commands."""


@command.command(name="list")
@json_option
def list_them(*, as_json: bool) -> None:
    """List every kind of document, the places it is written for, and the days it changes on."""
    found = shelf(Settings.from_environment().templates)
    rows = [
        {
            "kind": name.partition("/")[0],
            "place": name.partition("/")[2],
            "versions": [day.isoformat() for day in sorted(dated.versions)],
        }
        for name, dated in found.items()
    ]
    emit(rows, as_json=as_json, title="Templates")


@command.command()
@click.argument("wanted", metavar="[KIND[/PLACE]]", default="")
@click.option(
    "--languages",
    multiple=True,
    help="zh, en, or zh,en for two columns; may be repeated; all three unless given.",
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the files; it is made, and files that are there are replaced.",
)
@click.option("--png", is_flag=True, help="Write each page as a picture too.")
@json_option
def preview(
    wanted: str, languages: tuple[str, ...], output: Path, *, png: bool, as_json: bool
) -> None:
    """Set each template with its sample.yaml, to be looked at as pages."""
    templates = Settings.from_environment().templates
    output.mkdir(parents=True, exist_ok=True)
    found = list(previews(templates, wanted, languages))
    rows = [_written(each, output, png=png) for each in watched(found, len(found))]
    emit(rows, as_json=as_json, title="Previews")
    broken = [row["template"] for row in rows if row["refused"]]
    if broken:
        raise TemplatesBroken(
            f"{len(broken)} of {len(rows)} could not be set; their reasons say why"
        )


def _written(each: Preview, folder: Path, *, png: bool) -> dict[str, Any]:
    row: dict[str, Any] = {
        "template": each.template,
        "place": each.place,
        "languages": each.languages,
        "file": None,
        "pages": None,
        "refused": None,
    }
    if isinstance(each.outcome, Refused):
        return row | {"refused": str(each.outcome)}
    path = folder / f"{each.file}.pdf"
    path.write_bytes(each.outcome.pdf)
    if png:
        write_pages(each.outcome.pdf, folder, each.file)
    return row | {"file": path.name, "pages": page_count(each.outcome.pdf)}
