"""Keep the template that an office publishes for a form and year."""

from datetime import datetime
from pathlib import Path

import click

from vendorops.cli.beside import beside
from vendorops.cli.printing import emit
from vendorops.cli.session import FILE, as_option, books_of, day_option, json_option
from vendorops.documents.office_templates import record_template


@click.command(
    help="Keep the template of FORM (such as us.1099nec) that the office publishes for a year:"
    " returns prepared from now on are written under its headings. One of another form or year is"
    " refused; the last one given holds."
)
@click.argument("form")
@click.option("--year", type=click.IntRange(2000, 2100), required=True, help="Declared under it.")
@click.option("--file", type=FILE, required=True, help="The CSV as it was downloaded.")
@click.option("--source", required=True, help="Where it was taken from, and when.")
@as_option
@day_option
@json_option
def template(  # noqa: PLR0913 - one parameter an option.
    *,
    form: str,
    year: int,
    file: Path,
    source: str,
    actor: str | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Enter it in a person's name."""
    with books_of(actor, as_of) as books:
        data = beside(file.parent)(file.name)
        row = record_template(books, (form, year), data, source)
        told = {"form": form, "year": year, "sha256": row.sha256, "source": row.source}
    emit([told], as_json=as_json, title="Template")
