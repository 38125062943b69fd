"""Write a statement as a PDF or as JSON, as the name of the file ends."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

import click

from vendorops.books import Books
from vendorops.cli.commands.statement.showing import languages_option
from vendorops.cli.printing import emit
from vendorops.cli.session import FILE_TO_WRITE, READER, day_option, json_option, opener
from vendorops.documents.notices import settlement_paper, statement_json
from vendorops.domain.refusal import Refused
from vendorops.tables import Settlement


class UnknownEnding(Refused):
    """The name of a file does not say as what it is to be written."""


@click.command()
@click.argument("settlement")
@click.option("-o", "--output", type=FILE_TO_WRITE, required=True, help="A .pdf or a .json.")
@languages_option
@day_option
@json_option
def write(
    settlement: str, output: Path, languages: str, as_of: datetime | None, *, as_json: bool
) -> None:
    """Write the statement of SETTLEMENT (SET-…); the same books give the same bytes."""
    with opener(READER, as_of)() as books:
        data = _made(books, books.named(Settlement, settlement), output, languages)
    output.write_bytes(data)
    told = {
        "settlement": settlement,
        "file": str(output),
        "bytes": len(data),
        "sha256": sha256(data).hexdigest(),
    }
    emit([told], as_json=as_json, title="Statement")


def _made(books: Books, row: Settlement, output: Path, languages: str) -> bytes:
    if output.suffix == ".pdf":
        return settlement_paper(books, row, languages).pdf
    if output.suffix == ".json":
        return statement_json(books, row, languages)
    raise UnknownEnding(f"{output.name}: end the name in .pdf or .json")
