"""The statement that a payee gets of what a return told the tax office: Copy B of Form 1099-NEC.

Number of the payer in full, of the payee by its last digits. The same rows give the same bytes.
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.contracts import DocumentOrder, RenderedDocument, render_document
from vendorops.documents.information_returns import ORIGINAL, UNCHANGED, Told, told_by, year_of
from vendorops.documents.notices.settlement import figure
from vendorops.domain.lifecycle import FilingStatus
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.law.evaluation import evaluate
from vendorops.tables import Filing, InformationReturn, LegalEntity, Party

KIND = "recipient-statement"
LEFT = (FilingStatus.WRITTEN, FilingStatus.SUBMITTED, FilingStatus.ACCEPTED)
"""States in which somebody else approved a version."""
BEGIN = date(2026, 1, 1)
"""First day of the first wording."""
MEANINGS = {
    "nonemployee_compensation": "Nonemployee compensation",
    "federal_tax_withheld": "Federal income tax withheld",
}


class NotForRecipients(Refused):
    """A version that nobody approved, or of which a payee gets no statement."""


@dataclass(frozen=True)
class RecipientStatement:
    """What one payee gets."""

    payee: str
    paper: RenderedDocument


def recipient_statements(
    books: Books, filing: Filing, payee: str = "", languages: str = "en"
) -> list[RecipientStatement]:
    """Set the statement of each payee whom a version tells of anew, or of the one named.

    Raises NotThisForm, and NotForRecipients: before approval, where the version tells of nobody
    of that name, and where the books name a payee otherwise now than it told.
    """
    every = told_by(books, filing)
    if filing.status not in LEFT:
        raise NotForRecipients(
            f"{filing.reference} is {filing.status}; payees get what somebody else approved and "
            "the office has or will have"
        )
    wanted = [
        each for each in every if each.says != UNCHANGED and payee in ("", each.supplier.reference)
    ]
    if not wanted:
        raise NotForRecipients(
            f"{filing.reference} tells nothing new of {payee or 'anybody'}; see vendorops filing "
            f"show {filing.reference} for the version before"
        )
    _refuse_changed(books, filing, wanted)
    return [
        RecipientStatement(each.supplier.reference, _paper(books, filing, each, languages))
        for each in wanted
    ]


def _refuse_changed(books: Books, filing: Filing, wanted: list[Told]) -> None:
    query = select(InformationReturn).where(col(InformationReturn.filing_id) == filing.id)
    then = {row.supplier_id: row.content_sha256 for row in books.session.exec(query)}
    changed = [
        each.supplier.reference
        for each in wanted
        if then.get(each.supplier.id) != each.content_sha256
    ]
    if changed:
        raise NotForRecipients(
            f"{', '.join(changed[:5])}: the books say other than {filing.reference} told the "
            f"office; amend it first: vendorops filing amend {filing.reference}"
        )


def _paper(books: Books, filing: Filing, told: Told, languages: str) -> RenderedDocument:
    payer = books.get(Party, books.get(LegalEntity, filing.legal_entity_id).party_id)
    payee = books.get(Party, told.supplier.party_id)
    year = str(year_of(filing))
    revision, boxes = _boxes(filing, told)
    fields: dict[str, str | list[dict[str, str]]] = {
        "languages": languages,
        "reference": f"{filing.reference} {told.supplier.reference}",
        "day": filing.prepared_on.isoformat(),
        "program_title": f"Form 1099-NEC {year}",
        "supplier_name": payee.name,
        "supplier_kind": payee.kind,
        "supplier_identifier_masked": payee.identifier_masked,
        "payee_address": payee.address,
        "payee": told.supplier.reference,
        "buyer_name": payer.name,
        "payer_number": told.facts["payer_tin"],
        "payer_address": payer.address,
        "year": year,
        "revision": revision,
        "corrected": "" if told.says == ORIGINAL else "yes",
        "currency": filing.currency,
        "boxes": boxes,
    }
    order = DocumentOrder(KIND, filing.place, max(filing.prepared_on, BEGIN), fields)
    return render_document(books.settings.templates, order)


def _boxes(filing: Filing, told: Told) -> tuple[str, list[dict[str, str]]]:
    """Return the revision of the form, and each box with its amount."""
    amounts = {name: told.facts[name] for name in MEANINGS}
    # With an amount in each, the rule names their boxes in this order.
    inputs = {"year": year_of(filing), **dict.fromkeys(MEANINGS, "1")}
    case = {"jurisdiction": filing.place, "rule": "1099nec.boxes", "inputs": inputs}
    answer = evaluate(case, filing.prepared_on)
    numbers = answer["boxes"]
    if not isinstance(numbers, dict):
        raise TypeError("1099nec.boxes tells boxes by number")
    rows = [
        {
            "box": box,
            "meaning": MEANINGS[name],
            "amount": figure(Money.parse(amounts[name], filing.currency)),
        }
        for box, name in zip(numbers, MEANINGS, strict=True)
    ]
    return str(answer["revision"]), rows
