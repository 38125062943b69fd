"""List and show what we write for suppliers, with accounts masked, and write its file."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.commands.invoice.self_bill.agreeing import agreement_told
from vendorops.cli.owner_files import write_for_owner
from vendorops.cli.printing import emit
from vendorops.cli.session import (
    FILE_TO_WRITE,
    READER,
    Month,
    as_option,
    books_of,
    day_option,
    json_option,
    one_of,
    opener,
)
from vendorops.cli.waiting import waits_for
from vendorops.documents import kept
from vendorops.documents.self_billed import masked_paper, self_billed_file
from vendorops.documents.self_billed.files import printed_formats
from vendorops.domain.lifecycle import SelfBilledInvoiceStatus
from vendorops.domain.measure import price_text, quantity_text
from vendorops.domain.money import Money
from vendorops.domain.periods import Period
from vendorops.domain.refusal import Refused
from vendorops.tables import Contract, Invoice, SelfBilledInvoice, SelfBillingAgreement, Supplier


class NotIssued(Refused):
    """It has no number yet, so no file of it exists but its pro forma."""


@click.command("list")
@click.option("--month", type=Month(), help="Such as 2026-10; every month unless given.")
@click.option(
    "--status",
    type=one_of(SelfBilledInvoiceStatus),
    help="Such as pro_forma; every state unless given.",
)
@day_option
@json_option
def listed(
    month: Period | None, status: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """List agreements, then pro formas and issued invoices."""
    query = select(SelfBilledInvoice).order_by(col(SelfBilledInvoice.reference))
    if month:
        query = query.where(col(SelfBilledInvoice.month) == month.label)
    if status:
        query = query.where(col(SelfBilledInvoice.status) == status)
    agreements = select(SelfBillingAgreement).order_by(col(SelfBillingAgreement.reference))
    with opener(READER, as_of)() as books:
        agreed = [agreement_told(books, row) for row in books.session.exec(agreements)]
        rows = [told(books, row) for row in books.session.exec(query)]
    if not (month or status):
        emit(agreed, as_json=as_json, title="Self-billing agreements", kind="agreement")
    emit(rows, as_json=as_json, title="Self-billed invoices", kind="invoice")


@click.command()
@click.argument("reference")
@day_option
@json_option
def show(reference: str, as_of: datetime | None, *, as_json: bool) -> None:
    """Show REFERENCE (SBI-…, or the number of an issued one) and its lines."""
    with opener(READER, as_of)() as books:
        row = named(books, reference)
        paper = masked_paper(books, row)
        head = told(books, row) | {
            "notes": list(paper.notes),
            "account": paper.means.account if paper.means and paper.means.account else None,
            "corrects": [each.number for each in paper.preceding] or None,
        }
        lines = [
            {
                "line": line.number,
                "work": line.work_reference,
                "description": line.description,
                "quantity": quantity_text(line.quantity_e4),
                "price": price_text(line.price_e6),
                "tax": line.tax_category,
                "net": line.net(row.currency),
            }
            for line in paper.lines
        ]
    emit([head], as_json=as_json, title="Self-billed invoice", kind="invoice")
    emit(lines, as_json=as_json, title="Lines", kind="line")


@click.command()
@click.argument("reference")
@click.option("-o", "--output", type=FILE_TO_WRITE, required=True, help="Where to write it.")
@click.option("--format", "format_name", help="ubl, cii or hybrid_pdf; as agreed unless given.")
@as_option
@day_option
@json_option
def file(  # noqa: PLR0913 - one parameter an option.
    reference: str,
    output: Path,
    format_name: str | None,
    actor: str | None,
    as_of: datetime | None,
    *,
    as_json: bool,
) -> None:
    """Write the file of REFERENCE: as issued, or the same in another format; the pro forma before.

    Account and tax numbers stand in it whole, so the history tells who had it written.
    """
    with books_of(actor, as_of) as books:
        row = named(books, reference)
        data = _file(books, row, format_name)
    write_for_owner(output, data)
    emit([{"file": str(output), "bytes": len(data)}], as_json=as_json, title="Written")


def _file(books: Books, row: SelfBilledInvoice, format_name: str | None) -> bytes:
    agreed = books.get(SelfBillingAgreement, row.agreement_id).format
    if row.file_sha256 is None:
        if format_name:
            known = ", ".join(printed_formats())
            raise NotIssued(
                f"{row.reference} is {row.status}; its pro forma is written without --format, and"
                f" once it is issued {known}"
            )
        return kept(books, row.document_sha256)
    if format_name in (None, agreed):
        books.record("revealed", row, "its file was written for a person")
        return kept(books, row.file_sha256)
    return self_billed_file(books, row, str(format_name))


def named(books: Books, reference: str) -> SelfBilledInvoice:
    """Return an invoice by its reference or its number."""
    query = select(SelfBilledInvoice).where(col(SelfBilledInvoice.number) == reference)
    numbered = books.session.exec(query).one_or_none()
    return numbered or books.named(SelfBilledInvoice, reference)


def told(books: Books, row: SelfBilledInvoice) -> dict[str, Any]:
    """Return an invoice of ours as people and scripts read it."""
    contract = books.get(Contract, row.contract_id)
    claim = books.get(Invoice, row.invoice_id).reference if row.invoice_id else None
    return {
        "self_billed": row.reference,
        "type": row.type_code,
        "number": row.number,
        "supplier": books.get(Supplier, contract.supplier_id).reference,
        "contract": contract.reference,
        "period": row.bucket,
        "unit": row.unit or None,
        "net": Money(row.net_minor, row.currency),
        "tax": Money(row.tax_minor, row.currency),
        "shown_on": row.shown_on,
        "round": row.round,
        "issued_on": row.issued_on,
        "due_on": row.due_on,
        "claim": claim,
        "status": row.status,
        **waits_for(books, row),
    }
