"""What the columns of a supplier's statements mean: proposed from a file, saved, shown."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books
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
from vendorops.domain.refusal import Refused
from vendorops.gateways.claim_reading import GivenFile, read_file
from vendorops.stages.intake.forms import mapping_form, read_mapping
from vendorops.stages.intake.mappings import mapping_of, save
from vendorops.tables import StatementLayout, Supplier


class NoColumns(Refused):
    """The file has no table of which a mapping could be proposed."""


@click.group(help="What the columns of a supplier's statements mean.")
def mapping() -> None:
    """Group the commands."""


@mapping.command()
@file_argument
@click.option("--supplier", default="", help="Whose statement it is (SUP-…).")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path),
              help="Write a mapping to be filled in.")  # fmt: skip
@json_option
def propose(file: Path, supplier: str, output: Path | None, *, as_json: bool) -> None:
    """Show the columns that FILE (CSV or a workbook) has and what they seem to mean."""
    read = read_file(GivenFile(file.read_bytes(), file.name, seller=supplier))
    if not read.columns:
        why = read.refusal or "it is no statement in rows"
        raise NoColumns(f"{file.name} has no columns to be mapped: {why}")
    if output:
        output.write_text(mapping_form(read.columns, supplier), "utf-8")
    rows = [
        {"heading": each.heading, "means": each.meaning or None, "samples": [*each.samples]}
        for each in read.columns
    ]
    emit(rows, as_json=as_json, title=_certain(read.claim is not None), kind="column")


def _certain(certain: bool) -> str:  # noqa: FBT001 - one fact, and it is named.
    return "Columns, certain as they are" if certain else "Columns; save a mapping to have it read"


@mapping.command("save")
@file_argument
@as_option
@day_option
@json_option
def save_(file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Save the mapping in FILE (YAML, as `propose -o` writes it); what waits is read again."""
    form = read_mapping(file.read_bytes())
    with books_of(actor, as_of) as books:
        row = save(books, books.named(Supplier, form.supplier), form.mapping)
        told = _told(books, row)
    emit([told], as_json=as_json, title="Mapping")


@mapping.command("list")
@click.option("--supplier", help="Only those of SUP-….")
@day_option
@json_option
def list_(supplier: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """List saved mappings, the newest last; of one layout the newest holds."""
    with opener(READER, as_of)() as books:
        query = select(StatementLayout).order_by(col(StatementLayout.id))
        if supplier:
            of = books.named(Supplier, supplier)
            query = query.where(col(StatementLayout.supplier_id) == of.id)
        rows = [_told(books, row) for row in books.session.exec(query)]
    emit(rows, as_json=as_json, title="Mappings")


@mapping.command()
@click.argument("reference")
@json_option
def show(reference: str, *, as_json: bool) -> None:
    """Show the columns of the mapping REFERENCE (MAP-…)."""
    with opener(READER)() as books:
        row = books.named(StatementLayout, reference)
        columns = mapping_of(row).columns
        emit([_told(books, row)], as_json=as_json, title="Mapping", kind="mapping")
    told = [{"heading": heading, "means": meaning} for heading, meaning in columns]
    emit(told, as_json=as_json, title="Columns", kind="column")


def _told(books: Books, row: StatementLayout) -> dict[str, Any]:
    return {
        "mapping": row.reference,
        "supplier": books.get(Supplier, row.supplier_id).reference,
        "columns": len(mapping_of(row).columns),
        "decimal": row.decimal or None,
        "date_order": row.date_order or None,
        "currency": row.currency or None,
        "from": row.valid_from,
        "saved_by": row.saved_by,
    }
