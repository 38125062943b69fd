"""Books a claim: one invoice with its lines, each tied to the work it names where it is known."""

from collections.abc import Mapping, Sequence

from sqlalchemy import insert

from vendorops.books import Books
from vendorops.claiming.duplicates import check_duplicate
from vendorops.domain.claim import ClaimDocument
from vendorops.domain.finding import Finding, Level
from vendorops.domain.lifecycle import InvoiceStatus
from vendorops.stages.intake.contracts import contract_of, unknown_orders
from vendorops.stages.intake.covering import covered, enter_coverage
from vendorops.stages.intake.payee_accounts import account_findings
from vendorops.stages.intake.resolving import (
    KnownWork,
    month_of,
    named_work,
    normalised,
    refuse_duplicate,
    refuse_other,
    seller,
)
from vendorops.stages.intake.sources import enter_ties, source_findings, ties_of
from vendorops.tables import CheckFinding, Contract, Invoice, InvoiceLine, ReceivedFile, Supplier

ISSUED_LATER = "issued-later"


def book(books: Books, file: ReceivedFile, claim: ClaimDocument) -> Invoice:
    """Enter a claim as an invoice in process; its figures stay as the file has them.

    Those of a credit note are entered with the other sign, as it takes money back.
    Refused where supplier, contract, source or currency do not fit, or the claim was made before;
    one that may have been is held. The caller holds the log, so that nobody else books meanwhile.
    Work that cannot be found stops nothing: reconciliation says so line by line. What a person
    should know is entered as findings beside the invoice.
    """
    claim = _signed(claim)
    supplier = seller(books, claim)
    refuse_other(books, file, supplier)
    ties = ties_of(books, supplier, claim)
    contract = contract_of(books, supplier, claim, ties)
    refuse_duplicate(books, supplier, claim.number)
    work = named_work(books, contract, claim)
    covering = covered(books, contract, claim, work)
    sheets = [each.month for each in covering.values() if each.month]
    month = month_of(claim, work, sheets, books.as_of)
    invoice = _entered(books, file, contract, claim, month.label)
    lines = _lines(books, invoice, claim, work)
    books.session.execute(insert(InvoiceLine), lines)
    enter_coverage(books, lines, covering)
    enter_ties(books, invoice, ties)
    _note(books, invoice, _findings(books, supplier, claim))
    if not check_duplicate(books, invoice):  # Else it is held until a person has looked.
        books.move(invoice, InvoiceStatus.IN_PROCESS, because=f"booked from {file.reference}")
    return invoice


def _findings(books: Books, supplier: Supplier, claim: ClaimDocument) -> list[Finding]:
    return [
        *source_findings(books, supplier, claim),
        *unknown_orders(books, supplier, claim),
        *account_findings(books, supplier, claim),
        *_issued_later(books, claim),
    ]


def _issued_later(books: Books, claim: ClaimDocument) -> list[Finding]:
    if claim.issue_date <= books.as_of:
        return []
    told = f"it is dated {claim.issue_date}, which is still to come; ask its sender for the day"
    return [Finding(ISSUED_LATER, Level.WARNING, "BT-2", told)]


def _note(books: Books, invoice: Invoice, findings: Sequence[Finding]) -> None:
    for finding in findings:
        books.enter(
            CheckFinding(
                id=books.key(),
                subject_table=Invoice.__name__.lower(),
                subject_id=invoice.id,
                code=finding.code,
                level=finding.level.value,
                place_in_source=finding.where,
                message=finding.message,
                found_on=books.as_of,
            )
        )


def _signed(claim: ClaimDocument) -> ClaimDocument:
    """Turn the amounts of a credit note, which its file writes above zero (EN 16931, 381)."""
    return claim.turned() if claim.kind == "credit_note" else claim


def _entered(
    books: Books, file: ReceivedFile, contract: Contract, claim: ClaimDocument, month: str
) -> Invoice:
    return books.enter(
        Invoice(
            id=books.key(),
            reference=books.reference("INV"),
            received_file_id=file.id,
            supplier_id=contract.supplier_id,
            contract_id=contract.id,
            kind=claim.kind,
            format=claim.format,
            number=claim.number,
            number_normalised=normalised(claim.number),
            issue_date=claim.issue_date,
            month=month,
            currency=claim.currency,
            net_minor=claim.net.minor,
            tax_minor=claim.tax.minor,
            gross_minor=claim.gross.minor,
        ),
        because=f"claimed under {contract.reference} with {file.reference}",
    )


def _lines(
    books: Books, invoice: Invoice, claim: ClaimDocument, work: Mapping[str, KnownWork]
) -> list[dict[str, object]]:
    first = books.keys(len(claim.lines))
    return [
        {
            "id": first + position,
            "invoice_id": invoice.id,
            "line": position + 1,
            "number": line.number,
            "description": line.description,
            "quantity_e4": line.quantity_e4,
            "price_e6": line.price_e6,
            "net_minor": line.net.minor,
            "tax_category": line.tax_category,
            "tax_rate_e4": line.tax_rate_e4,
            "tax_minor": None if line.tax is None else line.tax.minor,
            "work_reference": line.work_reference,
            "work_item_id": work[line.work_reference].id if line.work_reference in work else None,
        }
        for position, line in enumerate(claim.lines)
    ]
