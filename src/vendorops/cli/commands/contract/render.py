"""Write the PDF of a contract or amendment: draft, sent or signed."""

from hashlib import sha256
from pathlib import Path

import click

from vendorops.cli.papers import named_paper
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, json_option, opener
from vendorops.documents import kept


@click.command(
    help="Write the PDF of PAPER (CON-… or AMD-…): the very bytes that people decide on, "
    "or with --signed those that bind."
)
@click.argument("paper")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the PDF; a file that is there is replaced.",
)
@click.option("--signed", is_flag=True, help="With the signatures it has so far.")
@json_option
def command(paper: str, output: Path, *, signed: bool, as_json: bool) -> None:
    """Write one PDF."""
    with opener(READER)() as books:
        row = named_paper(books, paper)
        newest = row.signed_sha256 or row.sent_sha256
        data = kept(books, newest if signed and newest else row.document_sha256)
    output.write_bytes(data)
    told = {
        "contract": row.reference,
        "status": row.status,
        "template": row.template,
        "signed_by": row.signed_by,
        "file": str(output),
        "bytes": len(data),
        "sha256": sha256(data).hexdigest(),
    }
    emit([told], as_json=as_json, title="Contract")
