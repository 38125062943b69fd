"""VAT numbers, and what proves that one was valid: VIES is asked by a person, its answer kept.

Sources: Directive 2006/112/EC art. 214, 215; Regulation (EU) 904/2010 art. 31 (VIES);
Implementing Regulation (EU) 282/2011 art. 18. Syntax and check digits are python-stdnum's.
"""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from vendorops.domain.jurisdiction import Inputs, Jurisdiction, Rule
from vendorops.domain.periods import iso_day
from vendorops.domain.refusal import Refused
from vendorops.identifiers import identifier


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Number(_Asked):
    """A number as somebody wrote it."""

    value: str


class ViesAnswer(_Asked):
    """What VIES answered, as it was recorded."""

    vat_id: str
    supplied_on: str
    """Day of the service."""
    requested_on: str | None = None
    result: Literal["valid", "invalid", "unavailable"] | None = None
    consultation_number: str | None = None
    """Given only where the own number was told as well; it is what can be proved later."""


def is_valid(text: str) -> bool:
    """Tell whether a text has the form and check digits of a VAT number."""
    try:
        identifier("eu_vat").check(text)
    except Refused:
        return False
    return True


def number(inputs: Inputs, _place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return whether a number may exist; whether it does on a day only VIES knows."""
    return {"syntax_and_check_valid": is_valid(Number.model_validate(inputs).value)}


def evidence(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return whether a recorded answer proves the number, and what is missing."""
    asked = ViesAnswer.model_validate(inputs)
    most = int(place.law_of(day).number("vat_numbers.fresh_days"))
    missing = []
    if not is_valid(asked.vat_id):
        missing.append("a VAT number that can exist")
    if asked.result != "valid":
        missing.append("the answer `valid`")
    if not asked.consultation_number:
        missing.append("the consultation number")
    if asked.requested_on is None:
        missing.append("the day of the request")
    else:
        asked_on = iso_day(asked.requested_on)
        if abs((iso_day(asked.supplied_on) - asked_on).days) > most:
            missing.append(f"an answer of {most} days around the service at most")
    return {"proves": not missing, "missing": missing}


RULES: dict[str, Rule] = {"id.vat": number, "vies.evidence": evidence}
