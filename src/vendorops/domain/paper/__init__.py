"""An invoice as its readers see it: what any format may print, with totals computed once.

Terms are those of EN 16931 (BT numbers), as in `claim`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from vendorops.domain.money import Money, Rounding, total
from vendorops.domain.paper.parts import (
    PaperLine,
    PaperParty,
    PaymentMeans,
    Preceding,
    TaxShare,
)
from vendorops.domain.periods import DAY, Period
from vendorops.domain.refusal import Refused

__all__ = [
    "CREDIT_NOTES",
    "OUTSIDE_TAX",
    "SELF_BILLED",
    "UNTAXED",
    "InvoicePaper",
    "PaperLine",
    "PaperParty",
    "PaymentMeans",
    "Preceding",
    "TaxShare",
    "UnfitPaper",
    "percent_text",
]

CREDIT_NOTES = frozenset(
    {"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"}
)
"""UNTDID 1001 codes of documents that give money back, as EN 16931 allows them (BR-CL-01)."""
SELF_BILLED = frozenset({"389", "261"})
"""UNTDID 1001: invoice and credit note that the buyer writes in the seller's name."""
UNTAXED = frozenset({"E", "AE", "K", "G", "O"})
"""UNCL 5305 categories that must say why no tax is charged (BR-E-10, BR-AE-10 and kin)."""
OUTSIDE_TAX = "O"
"""UNCL 5305: outside the scope of tax, which has no rate, not even nought (BR-O-05)."""
RATE_SCALE = 10_000


def percent_text(rate_e4: int) -> str:
    """Write a rate as a percentage with two decimals.

    >>> percent_text(600)
    '6.00'
    """
    return f"{Decimal(rate_e4).scaleb(-2):.2f}"


class UnfitPaper(Refused):
    """What was to be printed would not be an invoice."""


@dataclass(frozen=True)
class InvoicePaper:
    """The whole invoice or credit note."""

    number: str
    """BT-1."""
    issue_date: date
    """BT-2."""
    due_date: date
    """BT-9."""
    type_code: str
    """BT-3 (UNTDID 1001): 380 invoice, 381 credit note, 389 and 261 the self-billed ones."""
    currency: str
    """BT-5."""
    seller: PaperParty
    buyer: PaperParty
    contract_reference: str
    """BT-12, or nothing."""
    lines: tuple[PaperLine, ...]
    exemption: str = ""
    """BT-120: why no tax is charged; needed for the categories in `UNTAXED`."""
    order_reference: str = ""
    """BT-13, or nothing."""
    period: Period | None = None
    """BG-14: the days on which the work was done."""
    notes: tuple[str, ...] = ()
    """BT-22: what the law wants said in words, such as `Gutschrift`."""
    terms: str = ""
    """BT-20: how payment was agreed, in words."""
    means: PaymentMeans | None = None
    preceding: tuple[Preceding, ...] = ()
    """BG-3: what a credit note takes back from."""
    languages: str = "en"
    """Those of the page: `en`, `zh` or `zh,en`."""

    def __post_init__(self) -> None:
        """Refuse what no reader would take for an invoice (BR-2, BR-6, BR-7, BR-16 and kin)."""
        if not (self.number and self.seller.name and self.buyer.name and self.lines):
            raise UnfitPaper(
                f"invoice {self.number!r} lacks its number, a name or its lines; fill them in"
            )
        for text in self._texts():
            if not text.replace("\u3000", " ").replace("\u00a0", " ").isprintable():
                raise UnfitPaper(
                    f"invoice {self.number!r}: {text[:40]!r} has a character that cannot be"
                    " printed; type it again without it"
                )
        for line in self.lines:
            self._check(line)

    def _texts(self) -> Iterator[str]:
        yield from (self.number, self.contract_reference, self.exemption, self.order_reference)
        yield from (*self.notes, self.terms, *(one.number for one in self.preceding))
        yield from vars(self.means).values() if self.means else ()
        yield from vars(self.seller).values()
        yield from vars(self.buyer).values()
        for line in self.lines:
            yield from (line.number, line.description, line.unit, line.work_reference)

    def _check(self, line: PaperLine) -> None:
        """Refuse a line that EN 16931 does not allow (BR-27, BR-E-10 and kin)."""
        where = f"invoice {self.number}, line {line.number}"
        if line.price_e6 < 0:
            raise UnfitPaper(f"{where} has a price below zero; make the quantity negative")
        if line.tax_category in UNTAXED and not self.exemption:
            raise UnfitPaper(f"{where} is untaxed; say why in the exemption of the invoice")

    @property
    def kind(self) -> str:
        """`invoice` or `credit_note`, by the type code."""
        return "credit_note" if self.type_code in CREDIT_NOTES else "invoice"

    @property
    def last_day(self) -> date | None:
        """BT-72 and BT-74: the last day on which work was done."""
        return self.period.end - DAY if self.period else None

    @property
    def is_outside_tax(self) -> bool:
        """Whether lines are outside the scope of tax, so that no VAT number may be named."""
        return any(line.tax_category == OUTSIDE_TAX for line in self.lines)

    @cached_property
    def net(self) -> Money:
        """BT-106 and BT-109: the sum of the rounded lines (BR-CO-10)."""
        return total([line.net(self.currency) for line in self.lines], self.currency)

    @cached_property
    def taxes(self) -> tuple[TaxShare, ...]:
        """BG-23 in the order of category and rate, each rounded half up once (BR-CO-17)."""
        nets: dict[tuple[str, int], Money] = {}
        for line in self.lines:
            key = (line.tax_category, line.tax_rate_e4)
            nets[key] = nets.get(key, Money(0, self.currency)) + line.net(self.currency)
        return tuple(
            self._share(category, rate, nets[category, rate]) for category, rate in sorted(nets)
        )

    def _share(self, category: str, rate_e4: int, net: Money) -> TaxShare:
        tax = net.times(Fraction(rate_e4, RATE_SCALE), rounding=Rounding.HALF_UP)
        reason = self.exemption if category in UNTAXED else ""
        return TaxShare(category, rate_e4, net, tax, reason)

    @cached_property
    def tax(self) -> Money:
        """BT-110: the sum of the shares (BR-CO-14)."""
        return total([share.tax for share in self.taxes], self.currency)

    @cached_property
    def gross(self) -> Money:
        """BT-112 and BT-115: net and tax (BR-CO-15, BR-CO-16)."""
        return self.net + self.tax
