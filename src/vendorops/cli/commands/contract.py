"""Contracts as both parties see them."""

from hashlib import sha256
from pathlib import Path

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import READER, json_option, opener
from vendorops.documents import kept
from vendorops.tables import Contract


@click.group(help="Contracts as both parties see them.")
def command() -> None:
    """Group the commands."""


@command.command()
@click.argument("contract")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the PDF; a file that is there is replaced.",
)
@json_option
def render(contract: str, output: Path, *, as_json: bool) -> None:
    """Write the PDF of CONTRACT (CON-…), draft or signed: the very bytes that people decide on."""
    with opener(READER)() as books:
        row = books.named(Contract, contract)
        data = kept(books, row.document_sha256)
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
