"""Propose another draft of a contract that nobody has signed yet."""

from datetime import datetime
from pathlib import Path

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import as_option, books_of, day_option, file_argument, json_option
from vendorops.documents.negotiating import negotiate
from vendorops.tables import Contract


@click.command(
    help="Propose what FILE (YAML: reason, and only what changes) makes of the draft of CONTRACT; "
    "buyer and supplier may."
)
@click.argument("contract")
@file_argument
@as_option
@day_option
@json_option
def command(
    contract: str, file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Enter one draft."""
    with books_of(actor, as_of) as books:
        row = negotiate(books, books.named(Contract, contract), file.read_bytes())
        told = {
            "contract": row.reference,
            "draft": row.version,
            "status": row.status,
            "facts_sha256": row.facts_sha256,
            "document_sha256": row.document_sha256,
        }
    emit([told], as_json=as_json)
