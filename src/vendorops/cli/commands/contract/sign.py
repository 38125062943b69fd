"""Take the supplier's signature: a signed PDF, or the receipt of an e-signature service."""

from datetime import datetime
from pathlib import Path

import click

from vendorops.cli.papers import named_paper
from vendorops.cli.printing import emit
from vendorops.cli.session import FILE, as_option, books_of, day_option, json_option
from vendorops.documents.signing import offer_file, offer_receipt
from vendorops.domain.refusal import Refused


class NotSigned(Refused):
    """What was offered is not the signed copy of what was sent."""


@click.command(
    help="Sign PAPER (CON-…, AMD-… or TO-…) as the supplier's signer, with a PDF that carries the "
    "signature or with a receipt; to sign by a click, answer the question in the inbox."
)
@click.argument("paper")
@click.option("--signed", type=FILE, help="The PDF that was sent, signed.")
@click.option("--receipt", type=FILE, help="YAML or JSON of the e-signature service.")
@as_option
@day_option
@json_option
def command(paper: str, **given: object) -> None:
    """Take one signature."""
    signed, receipt = given["signed"], given["receipt"]
    as_of, actor = given["as_of"], given["actor"]
    if (signed is None) == (receipt is None):
        raise click.UsageError("give either --signed or --receipt")
    day = as_of if isinstance(as_of, datetime) else None
    with books_of(str(actor) if actor else None, day) as books:
        row = named_paper(books, paper)
        if isinstance(signed, Path):
            wrong = offer_file(books, row, signed.read_bytes())
        else:
            wrong = offer_receipt(books, row, Path(str(receipt)).read_bytes())
        told = {"paper": row.reference, "findings": [found.message for found in wrong]}
    emit([told], as_json=bool(given["as_json"]))
    if wrong:
        raise NotSigned(f"{paper} was not signed: {wrong[0].message}; sign the file that we sent")
