"""What the three incomes withheld per payment share (SAT Announcement 2018 No. 61, art. 8).

All income of one item in one month is one payment (Implementing Regulations of the Individual
Income Tax Law, art. 14), so the tax of the month so far is computed, and what was kept back
before is taken off.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from vendorops.domain.dated import Dated
from vendorops.domain.finding import Finding, Level
from vendorops.domain.jurisdiction import (
    Assessment,
    Bracket,
    IncomeKind,
    LawOfDay,
    PayeeKind,
    Situation,
    WithholdingFacts,
)
from vendorops.domain.money import Money, Rounding

VAT_OPEN: Dated[tuple[Finding, ...]] = Dated(
    "cn taxes of persons that are not kept back with income tax",
    {
        date(2019, 1, 1): (),
        date(2026, 11, 1): (
            Finding(
                "vat-not-kept-back",
                Level.WARNING,
                "payment",
                "since 2026-11-01 who pays a person also withholds VAT (VAT Implementing "
                "Regulations, art. 35); it is not kept back here, since its rules could not be "
                "confirmed: ask vat.withholding.natural_person of `law evaluate` what it may come "
                "to, and a tax adviser; `law record` persons_vat=withheld keeps it back",
            ),
        ),
    },
)
"""What a person who approves must know that we do not do."""
PERSONS_VAT = "persons_vat"
"""The fact of a payer that says that it keeps back VAT, where nobody else takes it."""
OWN_VAT = "vat"
"""The fact of a payee that says that it declares its VAT itself."""


def is_resident_with(facts: Situation, *kinds: IncomeKind) -> bool:
    """Tell whether a resident natural person is paid one of these kinds of income."""
    return facts.payee is PayeeKind.PERSON and facts.resident and facts.income_kind in kinds


def taken_otherwise(facts: Situation) -> bool:
    """Tell whether the tax office took the VAT with its invoice, or the payee declares it."""
    return facts.vat_shown or facts.standing.get(OWN_VAT) == "declares"


@lru_cache(maxsize=1000)  # Rows ask for the same few figures a million times.
def major(amount: Decimal, currency: str) -> Money:
    """Turn a figure of the law, in yuan, into money."""
    return Money.parse(f"{amount:f}", currency)


def after_expenses(income: Money, law: LawOfDay) -> Fraction:
    """Return the minor units left after the expense deduction: 800 yuan or one fifth."""
    small = major(law.number("per_payment.small_income"), income.currency)
    if income.minor <= small.minor:
        fixed = major(law.number("per_payment.small_expense"), income.currency)
        return Fraction(max(0, income.minor - fixed.minor))
    return Fraction(income.minor) * (1 - Fraction(law.number("per_payment.expense_rate")))


def by_brackets(base: Money, brackets: tuple[Bracket, ...]) -> Money:
    """Return base times rate less quick deduction, rounded half up to the fen."""
    for line in brackets:
        if line.up_to is None or base.minor <= major(line.up_to, base.currency).minor:
            quick = major(line.quick, base.currency)
            return base.times(line.rate, rounding=Rounding.HALF_UP) - quick
    raise ValueError("the last bracket must have no upper end")


def of_month(
    facts: WithholdingFacts, base: Fraction, tax_on: Callable[[Money], Money]
) -> Assessment:
    """Tax the month so far and take off what was kept back from it before."""
    answer = kept_back(facts, base, tax_on, facts.earlier_withheld)
    heeded = facts.payer_standing.get(PERSONS_VAT) and taken_otherwise(facts)
    if facts.vat_kept_back or heeded:
        return answer
    return replace(answer, findings=answer.findings + VAT_OPEN.on(facts.day))


def kept_back(
    facts: WithholdingFacts, base: Fraction, tax_on: Callable[[Money], Money], before: Money
) -> Assessment:
    """Round the base half up to the fen, tax it, and take off what was kept back before.

    Never below zero and never more than is paid now; what could not be kept back is a finding.
    """
    currency = facts.payment.currency
    declared = Money(1, currency).times(base, rounding=Rounding.HALF_UP)
    open_tax = max(tax_on(declared) - before, Money(0, currency))
    amount = min(open_tax, facts.payment)
    short = open_tax - amount
    return Assessment(declared, amount, (_too_little(short),) if short else ())


def _too_little(short: Money) -> Finding:
    return Finding(
        "payment-below-tax",
        Level.WARNING,
        "payment",
        f"{short} of the month's tax cannot be kept back from this payment; collect it from the "
        "payee or report the shortfall to the tax office",
    )
