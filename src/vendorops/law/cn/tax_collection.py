"""What withholding brings and what failing to withhold costs: fee, surcharge, fines.

Sources: Individual Income Tax Law 2018, art. 17 (fee of the agent); Tax Collection Law, art. 32
(late payment), 62 (late return), 69 (tax not withheld, which is recovered from the payee).
"""

from datetime import date
from fractions import Fraction

from vendorops.domain.jurisdiction import Duty, Inputs, Jurisdiction, PayeeKind, Rule, Situation
from vendorops.domain.money import Money
from vendorops.law.cn.asking import Asked, BadInput, amount, part
from vendorops.law.cn.per_payment import major

BEGIN = date(2019, 1, 1)


class Paid(Asked):
    """Tax withheld from persons and paid over in a year."""

    tax_withheld_and_paid: str


class Late(Asked):
    """Tax that is paid late."""

    tax: str
    days_late: int


class NotWithheld(Asked):
    """Tax that should have been withheld."""

    tax_not_withheld: str


class LateReturn(Asked):
    """A return that is handed in late."""

    serious: bool = False


def fee(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return what the tax office gives the agent for a year's withholding."""
    asked, law = Paid.model_validate(inputs), place.law_of(day)
    earned = Fraction(law.number("tax_collection.fee_rate"))
    most = major(law.number("tax_collection.most_fee"), place.currency)
    return {"fee_2pct": min(part(amount(asked.tax_withheld_and_paid, place), earned), most).text}


def late_payment(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return the surcharge on tax that is paid late."""
    asked, law = Late.model_validate(inputs), place.law_of(day)
    if asked.days_late < 0:
        raise BadInput(f"{asked.days_late} days late is early")
    daily = Fraction(law.number("tax_collection.late_payment_rate"))
    return {"surcharge": part(amount(asked.tax, place), daily * asked.days_late).text}


def failed_to_withhold(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return the fine of an agent who did not withhold."""
    asked, law = NotWithheld.model_validate(inputs), place.law_of(day)
    tax = amount(asked.tax_not_withheld, place)
    least, most = (
        part(tax, Fraction(law.number(f"tax_collection.{which}_fine_share")))
        for which in ("least", "most")
    )
    return {"fine_min": least.text, "fine_max": most.text, "tax_recovered_from": "payee"}


def late_return(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return the fine for a return that is handed in late."""
    asked, law = LateReturn.model_validate(inputs), place.law_of(day)
    usual = major(law.number("tax_collection.late_return_fine"), place.currency)
    if not asked.serious:
        return {"fine_min": Money(0, place.currency).text, "fine_max": usual.text}
    serious = major(law.number("tax_collection.serious_late_return_fine"), place.currency)
    return {"fine_min": usual.text, "fine_max": serious.text}


def is_person(facts: Situation) -> bool:
    """Tell whether a natural person is paid, so that income tax is withheld."""
    return facts.payee is PayeeKind.PERSON


RULES: dict[str, Rule] = {
    "iit.withholding_fee": fee,
    "late_payment_surcharge": late_payment,
    "agent_failed_to_withhold": failed_to_withhold,
    "late_return": late_return,
}
DUTIES = (
    Duty("iit.withholding_fee", "Fee for the tax withheld, two per cent", is_person, BEGIN),
    Duty("calendar.month_15", "Return and payment by day 15 of the next month", is_person, BEGIN),
)
