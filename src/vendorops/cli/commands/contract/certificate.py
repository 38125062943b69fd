"""Show the certificates that sign for our companies, or make one for trial."""

from datetime import datetime

import click
from sqlmodel import col, select

from vendorops.cli.printing import emit
from vendorops.cli.session import READER, as_option, day_option, json_option, opener
from vendorops.documents.signing import certificate_of, found_certificate
from vendorops.gateways.pdf_signatures import certificate_sha256
from vendorops.tables import LegalEntity


@click.command(
    help="Show which certificate signs for each company. --create makes those that are missing, "
    "issued by the company to itself: for trial. Put the PKCS#12 file of a trust service, "
    "without password and readable by you alone, in its place before you sign in earnest."
)
@click.option("--create", is_flag=True, help="Make what is missing; nothing is replaced.")
@as_option
@day_option
@json_option
def command(actor: str | None, as_of: datetime | None, *, create: bool, as_json: bool) -> None:
    """Print one row for each company."""
    rows = []
    with opener(actor or READER, as_of)() as books:
        entities = select(LegalEntity).order_by(col(LegalEntity.code))
        for entity in books.session.exec(entities).all():
            path = certificate_of(books.settings, entity)
            if create:
                found_certificate(books, entity)
            digest = certificate_sha256(path) if path.exists() else None
            rows.append({"company": entity.code, "file": str(path), "sha256": digest})
    emit(rows, as_json=as_json)
