"""Statements of single payees within a return: who is told of, and against what.

A version that amends another one tells the office of what differs alone: a return for somebody who
was not told of, a corrected one, and a withdrawn one, with nothing in its boxes.
"""

import csv
import io
from dataclasses import dataclass

from sqlmodel import col, select

from vendorops.books import Books, content_sha256
from vendorops.documents import kept
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.identifiers import identifier
from vendorops.law import jurisdiction
from vendorops.tables import Filing, InformationReturn, LegalEntity, Party, Supplier

TIN_TYPES = {"us_ein": "EIN", "us_ssn": "SSN", "us_itin": "ITIN"}
ORIGINAL, CORRECTED, WITHDRAWN, UNCHANGED = "original", "corrected", "withdrawn", "unchanged"


class NotThisForm(Refused):
    """The filing is of another form, or reports nobody."""


@dataclass(frozen=True)
class Told:
    """What a version tells of one payee."""

    supplier: Supplier
    says: str
    facts: dict[str, str]
    """By the names that the rule of the form knows; the number among them."""
    content_sha256: str

    @property
    def amounts(self) -> tuple[str, str]:
        """Return what was paid, and what was kept back of it, as text."""
        return self.facts["nonemployee_compensation"], self.facts["federal_tax_withheld"]


def year_of(filing: Filing) -> int:
    """Return the calendar year that a version is about."""
    return int(filing.month[:4])


def has_statements(filing: Filing) -> bool:
    """Tell whether the form is made of a statement for each payee."""
    return bool(jurisdiction(filing.place).return_of(filing.form).fills)


def told_by(books: Books, filing: Filing) -> list[Told]:
    """Return what a version tells of each payee, and of whom it takes back what was told.

    It is read from the version's own file, which is kept. Raises NotThisForm.
    """
    if not has_statements(filing):
        raise NotThisForm(f"{filing.form} has no statements of single payees; name another filing")
    rows = _lines(books, filing)
    payer = rows["total"]["payer"]
    before = _before(books, filing)
    on_it = [row for name, row in rows.items() if name != "total"]
    found = [_told(books, filing, row, before) for row in on_it]
    gone = sorted(before.keys() - {each.supplier.id for each in found})
    return [*found, *(_withdrawn(books, filing, ident, payer) for ident in gone)]


def _lines(books: Books, filing: Filing) -> dict[str, dict[str, str]]:
    """Return the lines of a version's own file by payee, its totals as one of them."""
    lines = csv.DictReader(io.StringIO(kept(books, filing.file_sha256).decode()))
    return {line["payee"]: line for line in lines}


def _before(books: Books, filing: Filing) -> dict[int, str]:
    """Return what the version that it amends tells: the hash of it, by the payee's key."""
    query = select(InformationReturn).where(
        col(InformationReturn.filing_id) == filing.amends_id,
        col(InformationReturn.says) != WITHDRAWN,
    )
    return {row.supplier_id: row.content_sha256 for row in books.session.exec(query)}


def _told(books: Books, filing: Filing, row: dict[str, str], before: dict[int, str]) -> Told:
    supplier = books.named(Supplier, row["payee"])
    payee = books.get(Party, supplier.party_id)
    paid, kept_back = list(row)[-2:]
    about = {"nonemployee_compensation": row[paid], "federal_tax_withheld": row[kept_back]}
    about |= _payee(payee, supplier, row["identity"])
    digest = _digest(payee, about)
    then = before.get(supplier.id)
    changed = UNCHANGED if then == digest else CORRECTED
    says = changed if then else ORIGINAL
    return Told(supplier, says, _payer(books, filing, row["payer"]) | about, digest)


def _withdrawn(books: Books, filing: Filing, ident: int, payer: str) -> Told:
    """Return nothing in the boxes of a payee, who is named as the version before named him."""
    supplier = books.get(Supplier, ident)
    payee = books.get(Party, supplier.party_id)
    amended = _lines(books, books.get(Filing, filing.amends_id or 0))
    number = amended[supplier.reference]["identity"] if supplier.reference in amended else ""
    nothing = Money(0, filing.currency).text
    about = {"nonemployee_compensation": nothing, "federal_tax_withheld": nothing}
    about |= _payee(payee, supplier, number)
    return Told(supplier, WITHDRAWN, _payer(books, filing, payer) | about, _digest(payee, about))


def _digest(payee: Party, about: dict[str, str]) -> str:
    """Return the hash of what is told; in place of the number stands what only we can compute."""
    return content_sha256({**about, "recipient_tin": payee.identifier_index})


def _payer(books: Books, filing: Filing, number: str) -> dict[str, str]:
    payer = books.get(Party, books.get(LegalEntity, filing.legal_entity_id).party_id)
    return {
        "payer_tin": number,
        "payer_tin_type": TIN_TYPES.get(payer.identifier_scheme, ""),
        "payer_name": payer.name,
        "payer_address": payer.address,
    }


def _payee(payee: Party, supplier: Supplier, number: str) -> dict[str, str]:
    is_person = payee.kind == "person"
    first, _, last = payee.name.rpartition(" ")
    name = {"recipient_first": first, "recipient_last": last} if is_person else {}
    return {
        "recipient_tin": _digits(payee.identifier_scheme, number),
        "recipient_tin_type": TIN_TYPES.get(payee.identifier_scheme, ""),
        "recipient_business": "" if is_person else payee.name,
        "recipient_address": payee.address,
        "account": supplier.reference,
        **name,
    }


def _digits(scheme: str, number: str) -> str:
    """Return a taxpayer number without hyphens; nothing for a number of another kind."""
    return identifier(scheme).check(number) if number and scheme in TIN_TYPES else ""
