"""VAT of small-scale taxpayers, among them all natural persons: thresholds and the levy rate.

Sources: VAT Law, art. 11 and 23; MOF/STA Announcement 2026 No. 10, art. 1 and 3; SAT Announcement
2026 No. 4; before 2026 MOF/STA Announcement 2023 No. 1 and 2023 No. 19. Who reaches the threshold
is taxed on the whole amount.
"""

from datetime import date
from fractions import Fraction

from vendorops.domain.jurisdiction import Inputs, Jurisdiction, LawOfDay, Rule
from vendorops.domain.money import Money
from vendorops.law.cn.asking import Asked, BadInput, amount, part, rate, without
from vendorops.law.cn.per_payment import major

TAXED = "taxed"


class Quarter(Asked):
    """Sales of a quarter without VAT."""

    quarter_sales_ex_vat: str


class Gross(Asked):
    """An amount with VAT, and the rate that is in it."""

    gross_incl_vat: str
    rate: str


class Waived(Asked):
    """An amount with VAT whose seller waives the cut to issue a special invoice."""

    gross_incl_vat: str
    special_invoice_at: str


def reaches(sales: Money, threshold: Money, law: LawOfDay) -> bool:
    """Tell whether sales are taxed: above the threshold, or at it where the law says `reach`."""
    if sales != threshold:
        return sales > threshold
    return law.text("vat_small_scale.at_the_threshold") == TAXED


def levied(sales: Money, law: LawOfDay) -> Money:
    """Return the VAT on the whole of some sales, at the levy rate as it is cut."""
    return part(sales, Fraction(law.number("vat_small_scale.reduced_rate")))


def quarter(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return the VAT of a quarter."""
    asked, law = Quarter.model_validate(inputs), place.law_of(day)
    sales = amount(asked.quarter_sales_ex_vat, place)
    return of_sales(sales, "vat_small_scale.quarter_threshold", law)


def of_sales(sales: Money, threshold: str, law: LawOfDay) -> dict[str, object]:
    """Return whether some sales are exempt, and their VAT."""
    exempt = not reaches(sales, major(law.number(threshold), sales.currency), law)
    vat = Money(0, sales.currency) if exempt else levied(sales, law)
    return {"exempt": exempt, "vat": vat.text}


def gross_to_net(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return the sales in an amount with VAT, and the VAT."""
    asked, law = Gross.model_validate(inputs), place.law_of(day)
    if rate(asked.rate) != Fraction(law.number("vat_small_scale.reduced_rate")):
        raise BadInput(f"{asked.rate} is not the rate of {day}; ask for waive_to_3pct to waive it")
    return _parted(amount(asked.gross_incl_vat, place), rate(asked.rate))


def waive(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return the same for a sale whose cut is waived, so that a special invoice may show it."""
    asked, law = Waived.model_validate(inputs), place.law_of(day)
    if rate(asked.special_invoice_at) != Fraction(law.number("vat_small_scale.levy_rate")):
        raise BadInput(f"{asked.special_invoice_at} is not the levy rate of {day}")
    return _parted(amount(asked.gross_incl_vat, place), rate(asked.special_invoice_at))


def _parted(gross: Money, at: Fraction) -> dict[str, object]:
    sales = without(gross, at)
    return {"sales": sales.text, "vat": (gross - sales).text}


RULES: dict[str, Rule] = {
    "vat.small_scale.quarter": quarter,
    "vat.small_scale.gross_to_net": gross_to_net,
    "vat.small_scale.waive_to_3pct": waive,
}
