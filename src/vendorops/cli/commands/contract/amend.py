"""Propose a dated change of a signed contract, to be approved and signed."""

from datetime import datetime
from pathlib import Path

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import as_option, books_of, day_option, file_argument, json_option
from vendorops.documents.amending import changes_of, propose
from vendorops.tables import Contract


@click.command(
    help="Propose what FILE (YAML: valid_from, reason, and only what changes) makes of CONTRACT."
)
@click.argument("contract")
@file_argument
@as_option
@day_option
@json_option
def command(
    contract: str, file: Path, actor: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Enter one amendment."""
    with books_of(actor, as_of) as books:
        row = propose(books, books.named(Contract, contract), file.read_bytes())
        told = {
            "amendment": row.reference,
            "contract": contract,
            "valid_from": row.valid_from,
            "reach": row.reach,
            "status": row.status,
            "document_sha256": row.document_sha256,
            "changes": changes_of(row)
            if as_json
            else "; ".join(
                f"{it['what']}: {it['before'] or '-'} → {it['after'] or '-'}"
                for it in changes_of(row)
            ),
        }
    emit([told], as_json=as_json)
