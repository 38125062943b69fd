"""Writes claims as the files that suppliers send: UBL, CII, CSV and workbook, alone or by mail."""

import csv
from dataclasses import dataclass, replace
from datetime import date
from email.message import EmailMessage
from functools import cached_property
from io import StringIO
from typing import cast

from vendorops.bench._seeded.sent import Sent, SentLine
from vendorops.documents.workbooks import Column, Table, workbook
from vendorops.domain.measure import price_text, quantity_text
from vendorops.domain.money import Money
from vendorops.domain.paper import InvoicePaper, PaperLine, PaperParty, Preceding, TaxShare
from vendorops.formats import PrintedFormat, formats

DUE = date(2026, 11, 30)
BUYER = PaperParty("Acme", "CN", street="1 Quay", city="Shanghai", postcode="200000")
INVOICE, CREDIT_NOTE = "380", "381"
SUFFIXES = {"ubl": ".xml", "cii": ".xml", "csv": ".csv", "xlsx": ".xlsx"}


@dataclass(frozen=True)
class StrayLine(PaperLine):
    """A line whose net need not be quantity times price."""

    off_minor: int = 0

    def net(self, currency: str) -> Money:
        """Return the net as printed."""
        return super().net(currency) + Money(self.off_minor, currency)


@dataclass(frozen=True)
class StrayPaper(InvoicePaper):
    """An invoice whose tax need not be what its rates make of its lines."""

    tax_off_minor: int = 0

    @cached_property
    def taxes(self) -> tuple[TaxShare, ...]:
        """BG-23, the first share off by what was given."""
        first, *rest = super().taxes
        off = Money(self.tax_off_minor, self.currency)
        return (replace(first, tax=first.tax + off), *rest)


def written(claim: Sent) -> tuple[str, bytes]:
    """Return a name and the bytes of the file."""
    name = f"{claim.number.replace('/', '_')}{SUFFIXES[claim.how]}"
    if claim.how in ("ubl", "cii"):
        form = cast("PrintedFormat", formats()[claim.how])
        return name, form.write(_paper(claim))
    rows = [_row(claim, at, line) for at, line in enumerate(claim.lines, start=1)]
    if claim.how == "xlsx":
        columns = [Column(heading) for heading in rows[0]]
        return name, workbook([Table("Statement", columns, [[*row.values()] for row in rows])])
    text = StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return name, text.getvalue().encode()


def mailed(name: str, data: bytes) -> bytes:
    """Return a mail that brings a file."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "s@example.com", "ap@example.com", name
    mail.set_content("Please find attached.")
    mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def contract_of(claim: Sent) -> str:
    """Return the reference of the contract that a claim names."""
    return claim.contract_reference or f"CON-{claim.contract:06d}"


def supplier_of(claim: Sent) -> str:
    """Return the reference of its supplier."""
    return f"SUP-{claim.supplier:06d}"


def _paper(claim: Sent) -> InvoicePaper:
    where = {"street": "1 Road", "city": "Suzhou", "postcode": "215000"}
    seller = PaperParty(
        f"S{claim.supplier}",
        "CN",
        tax_number=str(70_000 + claim.supplier),
        reference=supplier_of(claim),
        **where,
    )
    source = (Preceding(claim.credits, claim.issue_date),) if claim.credits else ()
    return StrayPaper(
        number=claim.number,
        issue_date=claim.issue_date,
        due_date=DUE,
        type_code=CREDIT_NOTE if claim.credits else INVOICE,
        currency=claim.currency,
        seller=seller,
        buyer=BUYER,
        contract_reference=contract_of(claim),
        lines=tuple(_line(at, line) for at, line in enumerate(claim.lines, start=1)),
        preceding=source,
        tax_off_minor=claim.tax_off_minor,
    )


def _line(number: int, line: SentLine) -> PaperLine:
    return StrayLine(
        number=str(number),
        description=described(line),
        quantity_e4=line.quantity_e4,
        unit="HUR",
        price_e6=line.price_e6,
        tax_category=line.tax_category,
        tax_rate_e4=line.tax_rate_e4,
        work_reference=line.reference,
        off_minor=line.off_minor,
    )


def described(line: SentLine) -> str:
    """Return the words of a line: who worked, as books and claims have them."""
    return f"Sorting, person {line.work.key % 977}"


def _row(claim: Sent, number: int, line: SentLine) -> dict[str, str]:
    return {
        "statement": claim.number,
        "date": claim.issue_date.isoformat(),
        "currency": claim.currency,
        "seller id": supplier_of(claim),
        "contract": contract_of(claim),
        "line": str(number),
        "description": described(line),
        "quantity": quantity_text(line.quantity_e4),
        "price": price_text(line.price_e6),
        "amount": Money(line.net_minor(claim.currency), claim.currency).text,
        "work reference": line.reference,
    }
