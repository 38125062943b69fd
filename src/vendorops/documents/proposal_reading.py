"""Reads the fields of a proposal into facts: which fact each field states, and how it is typed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from vendorops.documents.proposal_forms import (
    AcceptanceForm,
    GuaranteeForm,
    OvertimeForm,
    PaymentForm,
    PriceToleranceForm,
    ServiceLevelForm,
)
from vendorops.domain.contract_facts import (
    Acceptance,
    Contradiction,
    Guarantee,
    GuaranteeStep,
    Overtime,
    PaymentTerm,
    PriceTolerance,
    ServiceLevel,
)
from vendorops.domain.measure import price_e6
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused


@contextmanager
def named(where: str) -> Iterator[None]:
    """Say in which field it was that something was refused, unless that was said."""
    try:
        yield
    except Refused as refusal:
        said = str(refusal)
        raise Contradiction(said if said.startswith(where) else f"{where}: {said}") from None


def _minor(text: str, currency: str) -> int:
    return Money.parse(text, currency).minor


def _cap(text: str, currency: str) -> int:
    cap = _minor(text, currency)
    if cap <= 0:
        raise Contradiction("must be above nothing; name the most to be spent")
    return cap


def _acceptance(form: AcceptanceForm, _currency: str) -> Acceptance:
    return Acceptance(int(form.review_days), int(form.deemed_days))


def _payment(form: PaymentForm, _currency: str) -> PaymentTerm:
    shares = price_e6(form.prompt_discount), price_e6(form.late_interest)
    return PaymentTerm(int(form.days), int(form.prompt_days), *shares)


def _guarantee(form: GuaranteeForm, _currency: str) -> Guarantee:
    return Guarantee(
        days=int(form.days),
        steps=tuple(GuaranteeStep(int(step.until), price_e6(step.refund)) for step in form.steps),
        replacement_days=int(form.replacement_days),
        except_layoff=form.except_layoff == "yes",
        void_when_paid_late=form.void_when_paid_late == "yes",
    )


def _levels(forms: tuple[ServiceLevelForm, ...], _currency: str) -> tuple[ServiceLevel, ...]:
    return tuple(
        ServiceLevel(
            form.code,
            form.metric,
            *(price_e6(text) for text in (form.target, form.credit, form.monthly_cap)),
        )
        for form in forms
    )


def _overtime(form: OvertimeForm, _currency: str) -> Overtime:
    return Overtime(*(price_e6(text) for text in (form.workday, form.rest_day, form.holiday)))


def _tolerance(form: PriceToleranceForm, currency: str) -> PriceTolerance:
    return PriceTolerance(price_e6(form.share), _minor(form.amount, currency))


def _number(text: str, _currency: str) -> int:
    return int(text)


def _same(value: object, _currency: str) -> object:
    return value


READ: dict[str, tuple[str, Callable[[Any, str], Any]]] = {
    "end": ("ends_on", _same),
    "cap": ("cap_minor", _cap),
    "scope": ("scope", _same),
    "languages": ("languages", _same),
    "acceptance": ("acceptance", _acceptance),
    "payment": ("payment", _payment),
    "notice_days": ("notice_days", _number),
    "guarantee": ("guarantee", _guarantee),
    "service_levels": ("service_levels", _levels),
    "overtime": ("overtime", _overtime),
    "tolerance": ("tolerance", _tolerance),
    "renewal_months": ("renewal_months", _number),
    "liability_cap": ("liability_cap_minor", _minor),
    "insurance_minimum": ("insurance_minimum_minor", _minor),
    "non_solicit_months": ("non_solicit_months", _number),
    "tax_treatment": ("tax_treatment", _same),
    "court": ("court", _same),
}
"""Which fact each field of the form states, and how it is read."""
