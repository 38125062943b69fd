"""VAT of companies that send or find people: services, labour dispatch, HR outsourcing.

Sources: VAT Law, art. 10(3) (6 %); MOF/STA Announcement 2026 No. 10, art. 4(5) (dispatch by
general taxpayers: wages, benefits, social insurance and housing fund are deducted, shown on one
invoice, to 2027-12-31); Caishui [2016] No. 36 and No. 47 (before 2026, at 5 % simplified).
"""

from datetime import date
from fractions import Fraction

from vendorops.domain.jurisdiction import (
    Duty,
    Inputs,
    Jurisdiction,
    LawOfDay,
    PayeeKind,
    Rule,
    Situation,
)
from vendorops.domain.money import Money
from vendorops.domain.periods import iso_day
from vendorops.law.cn.asking import Asked, BadInput, amount, part, rate, without
from vendorops.law.cn.per_payment import major
from vendorops.law.cn.vat_small_scale import reaches

DISPATCH = "labor_dispatch"
OUTSOURCING = "business_outsourcing"
BEGIN = date(2016, 5, 1)
NEW_LAW = date(2026, 1, 1)


class Service(Asked):
    """An amount with VAT."""

    gross_incl_vat: str


class Dispatch(Service):
    """Dispatch by a general taxpayer: all that is charged, and what of it the workers get."""

    wages_si_hf_paid: str
    deduct: bool = True
    """Whether it is deducted: only with vouchers, and shown on the same invoice."""


class SmallDispatch(Asked):
    """Dispatch by a small-scale taxpayer in a quarter."""

    quarter_gross_incl_vat: str
    rate: str
    wages_si_hf_paid: str = "0"


class OldDispatch(Asked):
    """Dispatch by the simplified method on the difference, on a day."""

    gross_incl_vat: str
    wages_si_hf_paid: str
    date: str


class Method(Asked):
    """A method that is asked for on a day."""

    date: str
    method: str


class Outsourcing(Service):
    """HR outsourcing: all that is charged, and what of it is passed on to workers and offices."""

    wages_si_passed_through: str


def general_rate(law: LawOfDay) -> Fraction:
    """Return the rate of modern services."""
    return Fraction(law.number("vat_services.rate"))


def service(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return the VAT in a general taxpayer's price for a service, such as recruiting."""
    asked, law = Service.model_validate(inputs), place.law_of(day)
    gross = amount(asked.gross_incl_vat, place)
    sales = without(gross, general_rate(law))
    return {"sales": sales.text, "vat": (gross - sales).text}


def dispatch(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return the VAT of dispatch by a general taxpayer, and what its one invoice shows."""
    asked, law = Dispatch.model_validate(inputs), place.law_of(day)
    gross, paid = (amount(text, place) for text in (asked.gross_incl_vat, asked.wages_si_hf_paid))
    allowed = law.text("vat_services.dispatch_deduction") == "allowed"
    taken = _within(gross, paid) if allowed and asked.deduct else Money(0, place.currency)
    vat = part(without(gross - taken, general_rate(law)), general_rate(law))
    return {
        "vat_6pct": vat.text,
        "invoice": {"sales_incl_vat": gross.text, "deducted": taken.text, "vat": vat.text},
    }


def small_dispatch(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return the VAT of a quarter's dispatch by a small-scale taxpayer."""
    asked, law = SmallDispatch.model_validate(inputs), place.law_of(day)
    at = Fraction(law.number("vat_small_scale.reduced_rate"))
    if rate(asked.rate) != at:
        raise BadInput(f"{asked.rate} is not the rate of small-scale taxpayers on {day}")
    gross = amount(asked.quarter_gross_incl_vat, place)
    deducts = law.text("vat_services.small_dispatch_deduction") == "as_general"
    paid = _within(gross, amount(asked.wages_si_hf_paid, place))
    sales = without(gross - paid if deducts else gross, at)
    threshold = major(law.number("vat_small_scale.quarter_threshold"), place.currency)
    vat = part(sales, at) if reaches(sales, threshold, law) else Money(0, place.currency)
    return {"vat": vat.text, "deduction_allowed": deducts}


def old_dispatch(inputs: Inputs, place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return the VAT on the difference, refused from the day the method ended."""
    asked = OldDispatch.model_validate(inputs)
    law = place.law_of(iso_day(asked.date))
    if not _simplified(law):
        raise BadInput(f"on {asked.date} dispatch has no simplified method; ask for general_2026")
    gross, paid = (amount(text, place) for text in (asked.gross_incl_vat, asked.wages_si_hf_paid))
    at = Fraction(law.number("vat_services.simplified_rate"))
    return {"vat_5pct": part(without(gross - _within(gross, paid), at), at).text}


def method(inputs: Inputs, place: Jurisdiction, _day: date) -> dict[str, object]:
    """Tell whether dispatch may be taxed by a method on a day."""
    asked = Method.model_validate(inputs)
    if asked.method != "simplified_5_differential":
        raise BadInput(f"{asked.method!r} is no method; ask about simplified_5_differential")
    return {"allowed": _simplified(place.law_of(iso_day(asked.date)))}


def outsourcing(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return the VAT of HR outsourcing, taxed as agency: what is passed through is not its own."""
    asked, law = Outsourcing.model_validate(inputs), place.law_of(day)
    gross = amount(asked.gross_incl_vat, place)
    passed = _within(gross, amount(asked.wages_si_passed_through, place))
    excluded = law.text("vat_services.pass_through") == "excluded"
    own = gross - passed if excluded else gross
    vat = part(without(own, general_rate(law)), general_rate(law))
    return {"vat_6pct": vat.text, "special_invoice_on_pass_through": not excluded}


def _simplified(law: LawOfDay) -> bool:
    return law.text("vat_services.simplified_dispatch") == "available"


def _within(gross: Money, paid: Money) -> Money:
    if paid > gross:
        raise BadInput(f"{paid} for the workers is more than the {gross} that are charged")
    return paid


def is_dispatch(facts: Situation) -> bool:
    """Tell whether an agency is paid for workers it dispatches."""
    return facts.payee is PayeeKind.COMPANY and facts.mode == DISPATCH


def is_service(facts: Situation) -> bool:
    """Tell whether a company is paid for anything else."""
    return facts.payee is PayeeKind.COMPANY and facts.mode != DISPATCH


def is_outsourcing(facts: Situation) -> bool:
    """Tell whether a company is paid for business it has taken over."""
    return facts.payee is PayeeKind.COMPANY and facts.mode == OUTSOURCING


RULES: dict[str, Rule] = {
    "vat.service_6pct": service,
    "vat.labor_dispatch.general_2026": dispatch,
    "vat.labor_dispatch.small_scale_2026": small_dispatch,
    "vat.labor_dispatch.differential_5_old": old_dispatch,
    "vat.labor_dispatch.differential_5_rejected": method,
    "vat.hr_outsourcing.agency_6": outsourcing,
}
DUTIES = (
    Duty("vat.service_6pct", "VAT of services, six per cent", is_service, BEGIN),
    Duty("vat.hr_outsourcing.agency_6", "VAT of HR outsourcing", is_outsourcing, BEGIN),
    Duty(
        "vat.labor_dispatch.differential_5_old",
        "VAT of dispatch, simplified, on the difference",
        is_dispatch,
        BEGIN,
        NEW_LAW,
    ),
    Duty(
        "vat.labor_dispatch.general_2026",
        "VAT of dispatch with deduction on one invoice",
        is_dispatch,
        NEW_LAW,
    ),
)
