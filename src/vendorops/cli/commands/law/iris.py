"""Writes files for the IRS: a filing for the IRIS portal, and names and numbers to be matched."""

from pathlib import Path

import click

from vendorops.cli.owner_files import write_for_owner
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    FILE,
    FILE_TO_WRITE,
    FOLDER,
    as_option,
    books_of,
    json_option,
)
from vendorops.cli.texts import text_of
from vendorops.documents.portal_files import IrisFiles, iris_files
from vendorops.documents.tin_matching import match_file
from vendorops.tables import Filing


@click.command("iris")
@click.argument("filing")
@click.option("--template", type=FILE, required=True, help="The CSV that the IRS publishes.")
@click.option("--output", "-o", "folder", type=FOLDER, required=True, help="Where files go.")
@as_option
@json_option
def iris(filing: str, template: Path, folder: Path, actor: str | None, *, as_json: bool) -> None:
    """Write the payees that FILING reports, a hundred a file, as the template of the year asks.

    The files hold taxpayer numbers: guard them. That they were read is recorded.
    """
    with books_of(actor) as books:
        row = books.named(Filing, filing)
        told = iris_files(books, row, text_of(template))
        books.record("revealed", row, f"{len(told.files)} files for the IRIS portal")
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{filing}-{each.name}.csv" for each in told.files]
    for path, each in zip(paths, told.files, strict=True):
        write_for_owner(path, each.text.encode())
    emit(_rows(paths, told), as_json=as_json, title="Files for the IRIS portal")


@click.command("tin-match")
@click.option("--output", "-o", "file", type=FILE_TO_WRITE, required=True, help="The file.")
@as_option
@json_option
def tin_match(file: Path, actor: str | None, *, as_json: bool) -> None:
    """Write all payees with a taxpayer number of the United States for bulk TIN matching.

    The file holds those numbers: guard it. That each was read is recorded.
    """
    with books_of(actor) as books:
        text, payees = match_file(books)
    write_for_owner(file, text.encode())
    emit([{"file": str(file), "payees": payees}], as_json=as_json, title="To be matched")


def _rows(paths: list[Path], told: IrisFiles) -> list[dict[str, object]]:
    return [
        {
            "file": str(path),
            "returns": each.text.count("\r\n") - 1,
            "left_empty": list(told.left_empty),
            "left_out": list(told.left_out),
            "noted": list(told.noted),
        }
        for path, each in zip(paths, told.files, strict=True)
    ]
