"""Answers of `law evaluate` on labour dispatch: the cap, and the guardrails of agency and post.

The rules themselves are those that orders are checked by (`domain/dispatch`).
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from vendorops.domain.dispatch import (
    DispatchFacts,
    GuardFinding,
    Post,
    Verdict,
    dispatch_checks,
    most_dispatched,
)
from vendorops.domain.finding import Finding
from vendorops.domain.jurisdiction import Duty, Inputs, Jurisdiction, Rule
from vendorops.domain.money import Rounding, exact, rounded
from vendorops.domain.periods import Period, months_after
from vendorops.law.cn.asking import Asked, BadInput, warning
from vendorops.law.cn.vat_services import is_dispatch

BEGIN = date(2014, 3, 1)
RATIO_SCALE = 10_000
OURS = "user_company"
PENALTIES = "LD-16"


class Workforce(Asked):
    """Own contract employees, and dispatched workers."""

    contract_employees: int
    dispatched: int


class DispatchTold(Asked):
    """What is told of a dispatch; all else is unknown."""

    post_kind: str | None = None
    post_months: int | None = None
    main_business: bool | None = None
    employee_congress_discussed: bool | None = None
    negotiated: bool | None = None
    published: bool | None = None
    dispatch_contract_months: int | None = None
    registered_capital: str | None = None
    dispatch_agency_owner: str | None = None
    part_time_dispatch: bool | None = None


def ratio(inputs: Inputs, _place: Jurisdiction, day: date) -> dict[str, object]:
    """Return the share of dispatched workers, whether it is kept, and how many there may be."""
    asked = Workforce.model_validate(inputs)
    whole = asked.contract_employees + asked.dispatched
    if min(asked.contract_employees, asked.dispatched) < 0 or not whole:
        raise BadInput("give numbers of people, one of them above zero")
    most = most_dispatched(asked.contract_employees, day)
    share = rounded(Fraction(asked.dispatched * RATIO_SCALE, whole), Rounding.HALF_UP)
    return {
        "ratio": f"{Decimal(share) / RATIO_SCALE:.4f}",
        "pass": asked.dispatched <= most,
        "max_dispatched": most,
    }


def guardrail(inputs: Inputs, _place: Jurisdiction, day: date) -> dict[str, object]:
    """Tell whether what is told breaks a guardrail; what is not told breaks none."""
    asked = DispatchTold.model_validate(inputs)
    checks = [each for each in dispatch_checks(_facts(asked, day)) if each.code != PENALTIES]
    failed = [each for each in checks if each.verdict is Verdict.FAIL]
    return {
        "pass": not failed,
        "failed": {each.code: each.message for each in failed},
        "findings": tuple(_unsure(each) for each in failed if not each.guard.sure),
    }


def _unsure(found: GuardFinding) -> Finding:
    return warning("law-unconfirmed", found.code, f"{found.guard.cite}; ask a lawyer")


def _facts(asked: DispatchTold, day: date) -> DispatchFacts:
    facts = DispatchFacts(
        on_day=day,
        post=Post(
            kind=asked.post_kind,
            main_business=asked.main_business,
            congress_discussed=asked.employee_congress_discussed,
            negotiated=asked.negotiated,
            published=asked.published,
        ),
        contract_months=asked.dispatch_contract_months,
        part_time=asked.part_time_dispatch,
    )
    if asked.post_months is not None:
        exists = Period(day, months_after(day, asked.post_months))
        facts = replace(facts, post=replace(facts.post, exists=exists))
    if asked.registered_capital is not None:
        facts = replace(facts, registered_capital=int(exact(asked.registered_capital)))
    if asked.dispatch_agency_owner is not None:
        owners = frozenset({asked.dispatch_agency_owner})
        facts = replace(facts, agency_owners=owners, user_owners=frozenset({OURS}))
    return facts


RULES: dict[str, Rule] = {
    "labor_dispatch.ratio": ratio,
    "labor_dispatch.guardrail": guardrail,
}
DUTIES = (
    Duty("labor_dispatch.ratio", "A tenth at most is dispatched", is_dispatch, BEGIN),
    Duty("labor_dispatch.guardrail", "Guardrails of labour dispatch", is_dispatch, BEGIN),
)
