"""What a self-billed invoice says before it has a number, frozen when it is shown.

Identity and account numbers are left out: they lie in the vault and are put in when the file is
written. What is not a line is said once, so that the supplier objects to exactly what is issued.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vendorops.billing_law import billing_law
from vendorops.books import Books
from vendorops.documents.agreed import contract_facts
from vendorops.documents.proposal import LANGUAGES
from vendorops.domain.measure import PRICE_PLACES
from vendorops.domain.money import exponent
from vendorops.domain.paper import UNTAXED
from vendorops.domain.periods import DAY, Period
from vendorops.domain.self_billing import CREDIT_CODE, INVOICE_CODE, Cited, TaxTreatment
from vendorops.programs import program
from vendorops.tables import (
    Contract,
    CreditMemo,
    LegalEntity,
    Party,
    SelfBillingAgreement,
    Supplier,
    WorkItem,
)

Content = Mapping[str, object]
ONE_E4 = 10_000
UNTAXED_MEMO = "No tax was claimed on what is taken back"
"""BT-120 of a memo raised before anything was claimed, where the law of the place says nothing."""
PIECE = "C62"
"""UN/ECE Recommendation 20: one."""


@dataclass(frozen=True)
class BilledWork:
    """Accepted work that goes on one invoice, and the orders it was done under."""

    items: Sequence[WorkItem]
    orders: Sequence[str]


@dataclass(frozen=True)
class Heading:
    """What invoice and credit note say alike: of whom, to whom, how it is taxed, why so."""

    books: Books
    agreement: SelfBillingAgreement
    contract: Contract

    @property
    def treatment(self) -> TaxTreatment | None:
        """How work is taxed; None where only pro formas are written."""
        code = self.agreement.tax_treatment
        return billing_law(self.contract.place).treatments[code] if code else None

    def said(self, type_code: str, day: date) -> dict[str, object]:
        """Return the fields of the head; `day` chooses the law of the label."""
        facts = contract_facts(self.books, self.contract, day)
        seller = self.books.get(Supplier, self.contract.supplier_id)
        buyer = self.books.get(LegalEntity, self.contract.legal_entity_id)
        label = billing_law(self.contract.place).label
        found = label.on(day) if label else None
        return {
            "type_code": type_code,
            "agreement": self.agreement.reference,
            "agreed_on": self.agreement.agreed_on.isoformat() if self.agreement.agreed_on else "",
            "contract": self.contract.reference,
            "currency": self.contract.currency,
            "languages": LANGUAGES.get(self.contract.place, "en"),
            "seller": self._party(seller.party_id, seller.reference),
            "buyer": self._party(buyer.party_id, ""),
            "label": found.value if found else "",
            "payment_days": facts.payment.days,
            "exemption": self.treatment.reason if self.treatment else "",
            "citations": [found.source] if found else [],
        }

    def _party(self, ident: int, reference: str) -> dict[str, object]:
        party = self.books.get(Party, ident)
        return {
            "reference": reference,
            "name": party.name,
            "country": party.place.upper(),
            "address": party.address,
        }


def billed_work(head: Heading, work: BilledWork) -> Content:
    """Return what an invoice for accepted work says; taxed by the law of the day it was done."""
    days = [item.performed_on for item in work.items]
    span = Period(min(days), max(days) + DAY)
    said = head.said(INVOICE_CODE, head.books.as_of)
    rates = [_rate(head, item.performed_on) for item in work.items]
    sources = [str(each) for each in _list(said["citations"])] + [rate.source for rate in rates]
    return {
        **said,
        "orders": sorted(set(work.orders)),
        "period": [span.start.isoformat(), span.end.isoformat()],
        "preceding": [],
        "citations": list(dict.fromkeys(filter(None, sources))),
        "lines": [
            _work_line(head, number, item, rate.value)
            for number, (item, rate) in enumerate(zip(work.items, rates, strict=True), start=1)
        ],
    }


def billed_memo(head: Heading, memo: CreditMemo, preceding: Sequence[tuple[str, date]]) -> Content:
    """Return what the credit note of a memo says: its amount once, its calculation in words."""
    said = head.said(CREDIT_CODE, head.books.as_of)
    exempt = _reason(head, memo.tax_category)
    span = Period.month(memo.month)
    return {
        **said,
        "orders": [],
        "period": [span.start.isoformat(), span.end.isoformat()],
        "exemption": exempt,
        "preceding": [[number, day.isoformat()] for number, day in preceding],
        "lines": [
            {
                "number": "1",
                "description": f"{memo.reference}: {memo.sentence}",
                "quantity_e4": ONE_E4,
                "unit": PIECE,
                "price_e6": memo.net_minor * 10 ** (PRICE_PLACES - exponent(memo.currency)),
                "category": memo.tax_category,
                "rate_e4": memo.tax_rate_e4,
                "work": memo.source_reference,
            }
        ],
    }


def _reason(head: Heading, category: str) -> str:
    """Return why a memo is not taxed, as the law of the place says it of its category."""
    known = billing_law(head.contract.place).treatments.values()
    said = next((one.reason for one in known if one.category == category), "")
    return said or (UNTAXED_MEMO if category in UNTAXED else "")


def _rate(head: Heading, day: date) -> Cited[int]:
    treatment = head.treatment
    return treatment.rate_e4.on(day) if treatment else Cited(0, "")


def _work_line(head: Heading, number: int, item: WorkItem, rate_e4: int) -> dict[str, object]:
    treatment = head.treatment
    return {
        "number": str(number),
        "description": f"{item.description} ({item.performed_on})",
        "quantity_e4": item.accepted_e4,
        "unit": program(head.contract.program).term(item.term).unit,
        "price_e6": item.price_e6,
        "category": treatment.category if treatment else "",
        "rate_e4": rate_e4,
        "work": item.reference,
    }


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
