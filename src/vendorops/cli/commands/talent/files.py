"""Take people in by file, and write them out."""

from collections import Counter
from datetime import datetime
from pathlib import Path

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import (
    FILE,
    READER,
    WhoAreYou,
    as_option,
    day_option,
    json_option,
    opener,
)
from vendorops.documents.forms import BadForm
from vendorops.domain.refusal import Refused
from vendorops.gateways.spreadsheet import read_sheets
from vendorops.tables import Supplier
from vendorops.talent.exporting import export
from vendorops.talent.importing import REFUSED, Given, enter_people, read_people
from vendorops.talent.sheets import COLUMNS, people_of


class PeopleRefused(Refused):
    """Some entries of a file were not entered."""


@click.command(
    "import",
    help="Take people in from FILE: JSON after HR Open's terms, or a spreadsheet (.xlsx, .csv) "
    "with --supplier. Each entry by itself; the same file again changes nothing.",
)
@click.argument("file", type=FILE)
@click.option("--supplier", default="", help="Whose people they are (SUP-…), for spreadsheets.")
@as_option
@day_option
@json_option
def bring(
    file: Path, supplier: str, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Enter what is in order and say of every entry what became of it."""
    if not actor:
        raise WhoAreYou("say who you are with --as HANDLE or VENDOROPS_ACTOR")
    whose, given = _read(file, supplier)
    results = list(enter_people(opener(actor, as_of), whose, given))
    rows = [{name: value or None for name, value in vars(one).items()} for one in results]
    emit(rows, as_json=as_json, title="People")
    counted = Counter(one.outcome for one in results)
    if counted[REFUSED]:
        raise PeopleRefused(
            f"{counted[REFUSED]} of {len(results)} entries were refused; their rows say why"
        )


def _read(file: Path, supplier: str) -> tuple[str, list[Given]]:
    if file.suffix.lower() == ".json":
        named, given = read_people(file.read_bytes())
        if supplier not in ("", named):
            raise BadForm(f"the file is of {named}, not of {supplier}")
        return named, given
    if not supplier:
        raise BadForm("say whose people they are with --supplier SUP-…")
    return supplier, people_of(read_sheets(file.read_bytes(), COLUMNS))


@click.command("export", help="Write the people of SUPPLIER to FILE, without any number.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--supplier", required=True, help="Whose people (SUP-…).")
@day_option
@json_option
def send(file: Path, supplier: str, as_of: datetime | None, *, as_json: bool) -> None:
    """Write a file that can be taken in again."""
    with opener(READER, as_of)() as books:
        data = export(books, books.named(Supplier, supplier))
    file.write_bytes(data)
    emit([{"file": str(file), "bytes": len(data)}], as_json=as_json, title="People")
