"""The certificate of tax withheld: what one payee was paid in a year, and what was declared of it.

It certifies what returns in force declare, and nothing that was only kept back. The same rows give
the same bytes: its day is that of the newest receipt in it.
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.documents.contracts import DocumentOrder, RenderedDocument, render_document
from vendorops.documents.notices.heading import said
from vendorops.documents.notices.settlement import figure
from vendorops.documents.notices.tax_names import tax_name
from vendorops.documents.proposal import LANGUAGES
from vendorops.domain.lifecycle import FilingStatus, WithholdingStatus
from vendorops.domain.money import Money, total
from vendorops.domain.refusal import Refused
from vendorops.tables import (
    Contract,
    Filing,
    FilingLine,
    FilingReceipt,
    LegalEntity,
    Party,
    Settlement,
    Supplier,
    Withholding,
)

KIND = "withholding-certificate"
IN_FORCE = (FilingStatus.SUBMITTED, FilingStatus.ACCEPTED)
PAID_OVER = (WithholdingStatus.REMITTED, WithholdingStatus.CERTIFIED)


class NothingDeclared(Refused):
    """No tax of the payee was declared for the year."""


@dataclass(frozen=True)
class Certified:
    """Whose tax of which year, kept back by which company of ours, in which place."""

    supplier: Supplier
    entity: LegalEntity
    place: str
    year: int


Line = tuple[Withholding, Filing, FilingReceipt]


def withholding_certificate(
    books: Books, asked: Certified, languages: str = ""
) -> RenderedDocument:
    """Set the certificate of a payee and year; raises NothingDeclared where there is nothing."""
    lines = _lines(books, asked)
    if not lines:
        raise NothingDeclared(
            f"no return that was handed in declares tax of {asked.supplier.reference} kept back "
            f"by {asked.entity.code} in {asked.year} ({asked.place}); see vendorops filing list"
        )
    spoken = languages or LANGUAGES.get(asked.place, "en")
    day = max(receipt.on_day for _, _, receipt in lines)
    ours = books.get(Party, asked.entity.party_id)
    theirs = books.get(Party, asked.supplier.party_id)
    fields: dict[str, str | list[dict[str, str]]] = {
        "languages": spoken,
        "reference": f"{asked.supplier.reference} {asked.year}",
        "day": day.isoformat(),
        "program_title": said(spoken, zh="扣缴税款证明", en="Certificate of tax withheld"),
        "supplier_name": theirs.name,
        "supplier_kind": theirs.kind,
        "supplier_identifier_masked": theirs.identifier_masked,
        "buyer_name": ours.name,
        "buyer_identifier_masked": ours.identifier_masked,
        "payee": asked.supplier.reference,
        "year": str(asked.year),
        "currency": lines[0][0].currency,
        "lines": [_told(line, spoken) for line in lines],
        **_totals([row for row, _, _ in lines]),
        "missing": str(_missing(books, asked, {row.id for row, _, _ in lines})),
    }
    return render_document(
        books.settings.templates, DocumentOrder(KIND, asked.place, _in_force(day), fields)
    )


def _in_force(day: date) -> date:
    """Return the day whose wording holds: of receipts before the first wording, its first day."""
    return max(day, date(2026, 1, 1))


def _lines(books: Books, asked: Certified) -> list[Line]:
    """Return what is certified, with the return and the receipt of each, oldest month first."""
    query = (
        select(Withholding, Filing, FilingReceipt)
        .join(FilingLine, col(FilingLine.withholding_id) == col(Withholding.id))
        .join(Filing, col(Filing.id) == col(FilingLine.filing_id))
        .join(FilingReceipt, col(FilingReceipt.filing_id) == col(Filing.id))
        .where(
            col(Withholding.party_id) == asked.supplier.party_id,
            col(Withholding.place) == asked.place,
            col(Withholding.month).like(f"{asked.year}-%"),
            col(Filing.legal_entity_id) == asked.entity.id,
            col(Filing.status).in_(IN_FORCE),
            col(FilingReceipt.event) == "submitted",
        )
        .order_by(col(Withholding.month), col(Withholding.tax), col(Withholding.id))
    )
    return [(row, filing, receipt) for row, filing, receipt in books.session.exec(query)]


def _missing(books: Books, asked: Certified, certified: set[int]) -> int:
    """Return how many withholdings of the year no return in force declares."""
    query = (
        select(Withholding.id)
        .join(Settlement, col(Settlement.id) == col(Withholding.settlement_id))
        .join(Contract, col(Contract.id) == col(Settlement.contract_id))
        .where(
            col(Withholding.party_id) == asked.supplier.party_id,
            col(Withholding.place) == asked.place,
            col(Withholding.month).like(f"{asked.year}-%"),
            col(Withholding.status).not_in(
                (WithholdingStatus.COMPUTED, WithholdingStatus.CANCELLED)
            ),
            col(Contract.legal_entity_id) == asked.entity.id,
        )
    )
    return len(set(books.session.exec(query)) - certified)


def _told(line: Line, languages: str) -> dict[str, str]:
    row, filing, receipt = line
    income, base, withheld = _amounts(row)
    return {
        "month": row.month,
        "tax": tax_name(row.place, row.tax, languages),
        "filing": filing.reference,
        "receipt": receipt.number,
        "over": "yes" if row.status in PAID_OVER else "",
        "income": figure(income),
        "base": figure(base),
        "withheld": figure(withheld),
    }


def _amounts(row: Withholding) -> tuple[Money, Money, Money]:
    minors = (row.income_minor, row.base_minor, row.amount_minor)
    income, base, withheld = (Money(minor, row.currency) for minor in minors)
    return income, base, withheld


def _totals(rows: list[Withholding]) -> dict[str, str]:
    """Return the sums; a payment subject to two taxes is one income, the larger one of the two.

    VAT is kept back from the whole payment, other taxes from what that leaves.
    """
    currency = rows[0].currency
    paid: dict[int, Money] = {}
    for row in rows:
        income = Money(row.income_minor, currency)
        paid[row.settlement_id] = max(income, paid.get(row.settlement_id, income))
    return {
        "income": figure(total(list(paid.values()), currency)),
        "withheld": figure(total([_amounts(row)[2] for row in rows], currency)),
    }
