"""The parts of an invoice: who sells and buys, its lines, what it refers to, where money goes."""

from dataclasses import dataclass
from datetime import date

from vendorops.domain.measure import extended
from vendorops.domain.money import Money


@dataclass(frozen=True)
class PaperParty:
    """Seller or buyer with its postal address."""

    name: str
    """BT-27, BT-44."""
    country: str
    """BT-40, BT-55: ISO 3166-1 alpha-2."""
    registration: str = ""
    """BT-30, BT-47: number in the public register of companies."""
    tax_number: str = ""
    """BT-31, BT-48 when it starts with two letters (a VAT number); else BT-32."""
    street: str = ""
    city: str = ""
    postcode: str = ""
    reference: str = ""
    """BT-29, BT-46: what the other side calls it, such as SUP-2026-000001."""

    @property
    def has_vat_number(self) -> bool:
        """Whether the tax number is a VAT number, which starts with its country."""
        return self.tax_number[:2].isalpha()


@dataclass(frozen=True)
class PaperLine:
    """One line; its fields mean what they mean in `ClaimLine`."""

    number: str
    description: str
    quantity_e4: int
    unit: str
    price_e6: int
    tax_category: str
    tax_rate_e4: int
    work_reference: str = ""

    def net(self, currency: str) -> Money:
        """Return BT-131: quantity times price, rounded half up."""
        return extended(self.quantity_e4, self.price_e6, currency)


@dataclass(frozen=True)
class TaxShare:
    """BG-23: what one category and rate of tax comes to."""

    category: str
    rate_e4: int
    net: Money
    """BT-116."""
    tax: Money
    """BT-117."""
    reason: str
    """BT-120: why no tax is charged, where that must be said."""


@dataclass(frozen=True)
class PaymentMeans:
    """BG-16: how the invoice is paid."""

    code: str
    """BT-81 (UNTDID 4461): 30 credit transfer, 58 SEPA credit transfer, 1 agreed elsewhere."""
    account: str = ""
    """BT-84."""
    holder: str = ""
    """BT-85."""
    bank: str = ""
    """BT-86: BIC, or the clearing-system number of a domestic bank."""


@dataclass(frozen=True)
class Preceding:
    """BG-3: an invoice that this one corrects."""

    number: str
    """BT-25."""
    issue_date: date
    """BT-26."""
