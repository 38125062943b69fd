"""The command that writes a paper made from the books: an acceptance note or a settlement."""

from pathlib import Path

import click

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, json_option, opener
from vendorops.documents import RenderedDocument
from vendorops.documents.notices import acceptance_note, settlement_paper
from vendorops.domain.refusal import Refused
from vendorops.tables import ServiceSheet, Settlement


class NoSuchPaper(Refused):
    """The reference is of no kind that a paper is made of."""


@click.command()
@click.argument("reference")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the PDF; a file that is there is replaced.",
)
@click.option("--languages", default="", help="zh, en or zh,en; those of its place unless given.")
@json_option
def render(reference: str, output: Path, languages: str, *, as_json: bool) -> None:
    """Write the acceptance note of work (SES-…), or the statement of a settlement (SET-…)."""
    with opener(READER)() as books:
        paper = _paper(books, reference, languages)
    output.write_bytes(paper.pdf)
    told = {
        "reference": reference,
        "template": paper.template,
        "file": str(output),
        "bytes": len(paper.pdf),
        "sha256": paper.sha256,
    }
    emit([told], as_json=as_json, title="Paper")


def _paper(books: Books, reference: str, languages: str) -> RenderedDocument:
    if reference.startswith("SET-"):
        return settlement_paper(books, books.named(Settlement, reference), languages)
    if reference.startswith("SES-"):
        return acceptance_note(books, books.named(ServiceSheet, reference), languages)
    raise NoSuchPaper(
        f"{reference[:40]!r} has no paper; give the reference of a service sheet (SES-…) or of a"
        " settlement (SET-…)"
    )
