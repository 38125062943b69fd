"""Certify to a payee what tax of a year was kept back and declared."""

from pathlib import Path

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.standing import refuse_outsider
from vendorops.cli.printing import emit
from vendorops.cli.session import FILE_TO_WRITE, as_option, books_of, json_option
from vendorops.documents import keep
from vendorops.documents.notices import Certified, withholding_certificate
from vendorops.domain.refusal import Refused
from vendorops.tables import Contract, LegalEntity, Supplier


class WhichCompany(Refused):
    """The payee works for several companies of ours, or in several places."""


@click.command(
    help="Write the certificate of tax withheld from SUPPLIER (SUP-…) in a calendar year, as PDF."
    " It certifies what returns that were handed in declare. That it was made is recorded."
)
@click.argument("supplier")
@click.option("--year", type=click.IntRange(2000, 2100), required=True, help="Such as 2026.")
@click.option("--entity", default="", help="The company of ours that kept it back, by its code.")
@click.option("--place", default="", help="Where, if it was in several places.")
@click.option("-o", "--output", type=FILE_TO_WRITE, required=True, help="Where to write the PDF.")
@click.option("--languages", default="", help="zh, en or zh,en; those of the place unless given.")
@as_option
@json_option
def certificate(  # noqa: PLR0913 - one parameter an option.
    *,
    supplier: str,
    year: int,
    entity: str,
    place: str,
    output: Path,
    languages: str,
    actor: str | None,
    as_json: bool,
) -> None:
    """Set the paper, keep it, and write it."""
    with books_of(actor) as books:
        refuse_outsider(books)
        payee = books.named(Supplier, supplier)
        asked = Certified(payee, *_whose(books, payee, entity, place), year)
        paper = withholding_certificate(books, asked, languages)
        title = f"certificate of tax withheld, {supplier} {year}"
        sha256 = keep(books, paper.pdf, title, ".pdf")
        books.record("certified", payee, f"tax withheld in {year}", content_sha256=sha256)
    output.write_bytes(paper.pdf)
    told = {"supplier": supplier, "year": year, "file": str(output), "sha256": paper.sha256}
    emit([told], as_json=as_json, title="Certificate")


def _whose(books: Books, payee: Supplier, entity: str, place: str) -> tuple[LegalEntity, str]:
    """Return which company of ours and which place are meant; refused where it is not clear."""
    query = select(LegalEntity, Contract.place).join(
        Contract, col(Contract.legal_entity_id) == col(LegalEntity.id)
    )
    query = query.where(col(Contract.supplier_id) == payee.id)
    found = {
        (row.code, where): row
        for row, where in books.session.exec(query.distinct())
        if entity in ("", row.code) and place in ("", where)
    }
    if len(found) != 1:
        known = ", ".join(f"{code} in {where}" for code, where in sorted(found)) or "nobody"
        raise WhichCompany(
            f"{payee.reference} has contracts with {known}; name one with --entity and --place"
        )
    [((_, where), row)] = found.items()
    return row, where
