"""Records what tax depends on beside papers, of payees and of us, and lists what was recorded."""

from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import DAY, READER, as_option, books_of, day_option, json_option, opener
from vendorops.domain.refusal import Refused
from vendorops.paying.standing import Told, Whom, recorded
from vendorops.paying.standing import record as recording
from vendorops.tables import LegalEntity, Supplier, TaxStanding

SUPPLIERS = "SUP-"


@click.command("record")
@click.argument("whom")
@click.option("--jurisdiction", "--place", "place", required=True, help="Such as us.")
@click.option("--fact", required=True, metavar="NAME=VALUE", help="Such as tin=incorrect.")
@click.option("--from", "since", type=DAY, required=True, help="First day.")
@click.option("--source", required=True, help="What shows it, such as a notice and its day.")
@as_option
@day_option
@json_option
def record(whom: str, **given: Any) -> None:  # noqa: ANN401 - the options above.
    """Record something of WHOM that the tax law of a place asks for, from a day on.

    WHOM is a supplier, such as SUP-2026-000001, or the code of one of our own companies.

    The last word of a day holds; NAME= with nothing behind it ends it.
    """
    name, _, value = given["fact"].partition("=")
    told = Told(given["place"].lower(), name, value, given["since"].date(), given["source"])
    with books_of(given["actor"], given["as_of"]) as books:
        rows = [_told(whom, recording(books, _named(books, whom), told))]
    emit(rows, as_json=given["as_json"], title="Recorded")


@click.command("facts")
@click.argument("whom")
@json_option
def facts(whom: str, *, as_json: bool) -> None:
    """List what was recorded of WHOM for tax, a supplier or one of us, the last word first."""
    with opener(READER)() as books:
        rows = [_told(whom, row) for row in recorded(books, _named(books, whom))]
    emit(rows, as_json=as_json, title="Recorded")


def _named(books: Books, whom: str) -> Whom:
    if whom.startswith(SUPPLIERS):
        return books.named(Supplier, whom)
    query = select(LegalEntity).where(col(LegalEntity.code) == whom)
    entity = books.session.exec(query).one_or_none()
    if entity is None:
        raise Refused(f"{whom} is no supplier ({SUPPLIERS}…) and no company of ours; look it up")
    return entity


def _told(whom: str, row: TaxStanding) -> dict[str, object]:
    return {
        "whom": whom,
        "place": row.place,
        "fact": row.name,
        "value": row.value,
        "from": row.valid_from,
        "source": row.source,
        "entered_by": row.entered_by,
    }
