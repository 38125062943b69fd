"""Write what payees get of a return that tells the tax office of each of them."""

from datetime import datetime
from pathlib import Path

import click

from vendorops.books.standing import refuse_outsider
from vendorops.cli.commands.filing.carrying import filing_argument
from vendorops.cli.owner_files import write_for_owner
from vendorops.cli.printing import emit
from vendorops.cli.session import FOLDER, as_option, books_of, day_option, json_option
from vendorops.documents import keep
from vendorops.documents.notices.recipient import recipient_statements
from vendorops.tables import Filing


@click.command(
    help="Write the statement (Copy B of Form 1099-NEC) of each payee whom FILING (RET-…) tells of"
    " anew, as PDF, once it is approved. That they were made is recorded."
)
@filing_argument
@click.option("--payee", default="", help="Of this one alone (SUP-…).")
@click.option("--languages", default="en", help="zh, en or zh,en.")
@click.option("-o", "--output", "folder", type=FOLDER, required=True, help="Where they go.")
@as_option
@day_option
@json_option
def recipients(  # noqa: PLR0913 - one parameter an option.
    *,
    filing: str,
    payee: str,
    languages: str,
    folder: Path,
    actor: str | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Set the papers, keep them, and write them."""
    with books_of(actor, as_of) as books:
        refuse_outsider(books)
        row = books.named(Filing, filing)
        made = recipient_statements(books, row, payee, languages)
        for each in made:
            title = f"statement to recipient, {filing} {each.payee}"
            sha256 = keep(books, each.paper.pdf, title, ".pdf")
            books.record("certified", row, f"told {each.payee} of it", content_sha256=sha256)
    folder.mkdir(parents=True, exist_ok=True)
    told = []
    for each in made:
        path = folder / f"{filing}-{each.payee}.pdf"
        write_for_owner(path, each.paper.pdf)
        told.append({"payee": each.payee, "file": str(path), "sha256": each.paper.sha256})
    emit(told, as_json=as_json, title="Statements to recipients")
