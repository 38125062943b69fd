"""Issues an aligned pro forma: number, file and claim in one transaction."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.outbox import promise_file
from vendorops.claiming.duplicates import check_duplicate
from vendorops.documents import contract_facts, keep
from vendorops.documents.self_billed import masked_paper, self_billed_file
from vendorops.documents.self_billed.files import printed_format
from vendorops.domain.lifecycle import (
    InvoiceStatus,
    ReceivedFileStatus,
    SelfBilledInvoiceStatus,
)
from vendorops.domain.refusal import Refused
from vendorops.domain.self_billing import INVOICE_CODE
from vendorops.paying.accounts.active import active_account
from vendorops.tables import (
    Contract,
    Invoice,
    InvoiceLine,
    ReceivedFile,
    SelfBilledInvoice,
    SelfBilledLine,
    SelfBillingAgreement,
    Supplier,
)


class NumberTaken(Refused):
    """The supplier has claimed under the number that is next."""


def issue(books: Books, row: SelfBilledInvoice, agreement: SelfBillingAgreement) -> None:
    """Give an invoice its number and its file, and enter it as the claim that it is.

    A credit note is no claim: its memo is taken off by settlements, and it is the memo's paper.
    Raises NumberTaken; the refusal undoes the step, so that the number is not used up.
    """
    contract = books.get(Contract, row.contract_id)
    supplier = books.get(Supplier, contract.supplier_id)
    row.number = books.reference(agreement.series)
    _refuse_taken(books, supplier, row.number)
    days = contract_facts(books, contract, books.as_of).payment.days
    row.issued_on, row.due_on = books.as_of, books.as_of + timedelta(days=days)
    account = active_account(books, supplier.party_id, row.currency)
    row.bank_account_id = account.id if account and row.type_code == INVOICE_CODE else None
    data = self_billed_file(books, row, agreement.format)
    suffix = printed_format(agreement.format).SUFFIX
    row.file_sha256 = keep(books, data, f"self-billed invoice {row.number}", suffix)
    if row.type_code == INVOICE_CODE:
        row.invoice_id = _claim(books, row, agreement, len(data)).id
    because = f"{row.number} under {agreement.reference}"
    event = books.move(
        row, SelfBilledInvoiceStatus.ISSUED, because=because, content=row.file_sha256
    )
    promise_file(books, event, row.file_sha256, f"{row.number}{suffix}")


def plain(number: str) -> str:
    """Return a number of ours as duplicates are told by: its series are capitals and digits.

    >>> plain("SB-HX-2026-000001")
    'SBHX2026000001'
    """
    return number.replace("-", "")


def _refuse_taken(books: Books, supplier: Supplier, number: str) -> None:
    query = select(Invoice.reference).where(
        col(Invoice.supplier_id) == supplier.id,
        col(Invoice.number_normalised) == plain(number),
        col(Invoice.status) != InvoiceStatus.REJECTED.value,
    )
    if taken := books.session.exec(query).first():
        raise NumberTaken(
            f"{supplier.reference} has claimed under {number} itself, {taken}; reject that claim,"
            " or end the agreement and agree on another series"
        )


def _claim(
    books: Books, row: SelfBilledInvoice, agreement: SelfBillingAgreement, size: int
) -> Invoice:
    """Enter the invoice as one received today, so that it is matched and paid as any other.

    It is compared with earlier claims as those are: the supplier may have claimed the same without
    naming its work.
    """
    number = str(row.number)
    file = books.enter(
        ReceivedFile(
            id=books.key(),
            reference=books.reference("FIL"),
            sha256=str(row.file_sha256),
            name=f"{number}{printed_format(agreement.format).SUFFIX}",
            size=size,
            received_on=books.as_of,
        ),
        because=f"written by us as {number}",
    )
    contract = books.get(Contract, row.contract_id)
    invoice = books.enter(
        Invoice(
            id=books.key(),
            reference=books.reference("INV"),
            received_file_id=file.id,
            supplier_id=contract.supplier_id,
            contract_id=contract.id,
            kind="invoice",
            format=agreement.format,
            number=number,
            number_normalised=plain(number),
            issue_date=books.as_of,
            month=row.month,
            currency=row.currency,
            net_minor=row.net_minor,
            tax_minor=row.tax_minor,
            gross_minor=row.net_minor + row.tax_minor,
        ),
        because=f"self-billed under {contract.reference} from {row.reference}",
    )
    books.session.execute(insert(InvoiceLine), _lines(books, row, invoice))
    books.move(file, ReceivedFileStatus.BOOKED, because=f"booked as {invoice.reference}")
    if not check_duplicate(books, invoice):  # Else it is held until a person has looked.
        books.move(invoice, InvoiceStatus.IN_PROCESS, because=f"booked from {file.reference}")
    return invoice


def _lines(books: Books, row: SelfBilledInvoice, invoice: Invoice) -> list[dict[str, Any]]:
    query = select(SelfBilledLine.work_item_id).where(
        col(SelfBilledLine.self_billed_invoice_id) == row.id
    )
    work = list(books.session.exec(query.order_by(col(SelfBilledLine.line))))
    first = books.keys(len(work))
    lines = zip(work, masked_paper(books, row).lines, strict=True)
    return [
        {
            "id": first + at,
            "invoice_id": invoice.id,
            "line": at + 1,
            "number": line.number,
            "description": line.description,
            "quantity_e4": line.quantity_e4,
            "price_e6": line.price_e6,
            "net_minor": line.net(row.currency).minor,
            "tax_category": line.tax_category,
            "tax_rate_e4": line.tax_rate_e4,
            "work_reference": line.work_reference,
            "work_item_id": item,
        }
        for at, (item, line) in enumerate(lines)
    ]
