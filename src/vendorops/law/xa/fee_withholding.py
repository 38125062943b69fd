"""Flat withholding on fees paid to persons in Exampleland.

Sources, all invented: Fee Withholding Act of 2024; Small Payment Relief Act of 2025; Amending
Act 12 of 2026.
"""

from datetime import date

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import (
    Assessment,
    Formula,
    LawOfDay,
    PayeeKind,
    Situation,
    Tax,
    WithholdingFacts,
)
from vendorops.domain.money import Money, Rounding


def applies(facts: Situation) -> bool:
    """Tell whether a natural person is paid, resident or not, whatever for."""
    return facts.payee is PayeeKind.PERSON


def flat(facts: WithholdingFacts, law: LawOfDay) -> Assessment:
    """Fee Withholding Act, s. 4: a share of each payment, rounded half up to the cent."""
    rate = law.number("fee_withholding.rate")
    return Assessment(facts.payment, facts.payment.times(rate, rounding=Rounding.HALF_UP))


def with_small_payment_relief(facts: WithholdingFacts, law: LawOfDay) -> Assessment:
    """Small Payment Relief Act, s. 2: nothing on a small payment, the whole share above."""
    currency = facts.payment.currency
    small = Money.parse(f"{law.number('fee_withholding.small_payment'):f}", currency)
    if facts.payment.minor <= small.minor:
        return Assessment(Money(0, currency), Money(0, currency))
    return flat(facts, law)


FORMULA: Dated[Formula] = Dated(
    "xa.fee_withholding",
    {date(2024, 1, 1): flat, date(2025, 7, 1): with_small_payment_relief},
)

TAX = Tax(
    code="xa.fee_withholding",
    title="Withholding on fees",
    applies=applies,
    formula=FORMULA,
)
