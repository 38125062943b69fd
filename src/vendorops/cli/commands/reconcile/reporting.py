"""Write what a month came to: a workbook for finance, and a paper for each supplier's contract."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import click

from vendorops.books import Books
from vendorops.cli.printing import emit, watched
from vendorops.cli.session import FOLDER, READER, day_option, json_option, month_option, opener
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.tables import Supplier


class NothingClaimed(Refused):
    """No claim of the month is in the books."""


@click.command(help="Write the month's reports: XLSX for finance, PDF for suppliers.")
@month_option
@click.option("--supplier", "named", metavar="SUP", help="One supplier (SUP-…); else all.")
@click.option("-o", "--output", required=True, type=FOLDER, help="The folder to write into.")
@click.option("--languages", default="", help="zh, en or zh,en; those of its place unless given.")
@day_option
@json_option
def report(month: Period, as_of: datetime | None, **given: object) -> None:
    """Write the files, and tell their names and hashes."""
    folder = Path(str(given["output"]))
    folder.mkdir(parents=True, exist_ok=True)
    with opener(READER, as_of, month)() as books:
        rows = list(_reports(books, str(given["named"] or ""), str(given["languages"]), folder))
    emit(rows, as_json=bool(given["as_json"]), title=f"Reports of {month.label}")


def _reports(
    books: Books, named: str, languages: str, folder: Path
) -> Iterator[dict[str, object]]:
    from vendorops.documents.months import (  # noqa: PLC0415 - Matplotlib takes a second to load.
        month_book,
        month_of,
        month_paper,
        suppliers_of,
    )

    suppliers = [books.named(Supplier, named)] if named else suppliers_of(books)
    told = [(supplier, months) for supplier in suppliers if (months := month_of(books, supplier))]
    if not told:
        whose = f" of {named}" if named else ""
        raise NothingClaimed(f"no claim{whose} for {books.month.label} is in the books")
    for supplier, months in watched(told, len(told)):
        name = f"{supplier.reference}-{books.month.label}"
        yield _written(folder / f"{name}.xlsx", month_book(books, months))
        for of in months:
            paper = month_paper(books, of, languages)
            yield _written(folder / f"{name}-{of.contract.reference}-{of.currency}.pdf", paper.pdf)


def _written(path: Path, data: bytes) -> dict[str, object]:
    path.write_bytes(data)
    return {"file": str(path), "bytes": len(data), "sha256": sha256(data).hexdigest()}
