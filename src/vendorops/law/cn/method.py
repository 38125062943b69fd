"""By which method labour remuneration of residents is withheld: per payment, or cumulatively.

Sources: SAT Announcement 2025 No. 16, art. 1 (platforms that filed their basic information, since
2025-10-01); SAT Announcement 2020 No. 13 (student interns); Caishui [2018] No. 164, art. 3
(insurance marketers and securities brokers). Everybody else withholds per payment.
"""

from datetime import date

from vendorops.domain.jurisdiction import Group, IncomeKind, PayerKind, Situation
from vendorops.domain.payment_kinds import GROUP, INCOME
from vendorops.law.cn.per_payment import is_resident_with

CUMULATIVE_BEGIN = date(2025, 10, 1)
INTERNS_BEGIN = date(2020, 7, 1)
COMMISSIONS_BEGIN = date(2019, 1, 1)
COMMISSIONED = (Group.INSURANCE_MARKETER, Group.SECURITIES_BROKER)
STANDING = {
    GROUP: tuple(group.value for group in (Group.STUDENT_INTERN, *COMMISSIONED)),
    INCOME: (IncomeKind.AUTHOR_REMUNERATION.value, IncomeKind.ROYALTY.value),
}


def is_labor(facts: Situation) -> bool:
    """Tell whether a resident person is paid for services of any kind."""
    return is_resident_with(facts, IncomeKind.LABOR_REMUNERATION, IncomeKind.SERVICE_FEE)


def is_intern(facts: Situation) -> bool:
    """Tell whether a student in full-time education is paid for an internship."""
    return is_labor(facts) and facts.group is Group.STUDENT_INTERN and facts.day >= INTERNS_BEGIN


def is_commissioned(facts: Situation) -> bool:
    """Tell whether an insurance marketer or a securities broker is paid a commission."""
    return is_labor(facts) and facts.group in COMMISSIONED and facts.day >= COMMISSIONS_BEGIN


def is_platform_worker(facts: Situation) -> bool:
    """Tell whether a registered platform pays one of the people working through it."""
    begun = facts.day >= CUMULATIVE_BEGIN
    platform = facts.payer is PayerKind.PLATFORM and facts.registered_platform
    return (
        is_labor(facts) and platform and begun and not (is_intern(facts) or is_commissioned(facts))
    )


def is_cumulative(facts: Situation) -> bool:
    """Tell whether any of the cumulative methods is used."""
    return is_platform_worker(facts) or is_intern(facts) or is_commissioned(facts)
