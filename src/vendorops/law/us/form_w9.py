"""Where a payee stands with Form W-9, and what follows for withholding and reporting.

Sources: 26 U.S.C. 3406, 6109; Form W-9 (Rev. March 2024): name, classification (line 3a), number
(part I), certification (part II). It is for persons of the United States; all others give W-8.
"""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from vendorops.domain.jurisdiction import Inputs, Jurisdiction, Rule
from vendorops.law.us.information_return import CORPORATIONS, OTHERS, REPORTED
from vendorops.law.us.taxpayer_numbers import KINDS, is_valid

STATES = ("not asked", "asked", "not needed", "incomplete", "wrong number", "complete")


class FormW9(BaseModel):
    """What is known of a payee's form on a day; a number as somebody wrote it."""

    model_config = ConfigDict(extra="forbid", strict=True)
    asked_on: str | None = None
    received_on: str | None = None
    us_person: bool = True
    name: str = ""
    classification: Literal[(*REPORTED, *CORPORATIONS, *OTHERS, "")] = ""  # type: ignore[valid-type]  # The names above.
    tin: str = ""
    certified: bool = False
    """Signed under penalties of perjury."""
    irs_says_wrong: bool = False
    """Whether a notice of the IRS about the number is open."""
    exempt_code: str = ""
    """Line 4: why backup withholding does not apply to the payee."""


def state(inputs: Inputs, _place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return the state, what is missing, and whether the payee is withheld from and reported."""
    asked = FormW9.model_validate(inputs)
    if not asked.us_person:
        return _told("not needed", ["Form W-8BEN or W-8BEN-E"], withhold=False, report=False)
    exempt = bool(asked.exempt_code) or asked.classification in (*CORPORATIONS, *OTHERS)
    if not asked.received_on:
        at = "asked" if asked.asked_on else "not asked"
        return _told(at, ["Form W-9"], withhold=True, report=True)
    missing = _missing(asked)
    if missing:
        return _told("incomplete", missing, withhold="number" in missing, report=not exempt)
    if asked.irs_says_wrong:
        needs = ["a new Form W-9, or validation by SSA or IRS"]
        return _told("wrong number", needs, withhold=not exempt, report=not exempt)
    return _told("complete", [], withhold=False, report=not exempt)


def _missing(asked: FormW9) -> list[str]:
    """Return the parts that the form lacks; the number is lacking too where none can be so."""
    numbered = any(is_valid(scheme, asked.tin) for scheme in KINDS.values())
    parts = {
        "name": asked.name,
        "classification": asked.classification,
        "number": numbered,
        "certification": asked.certified,
    }
    return [part for part, there in parts.items() if not there]


def _told(at: str, missing: list[str], *, withhold: bool, report: bool) -> dict[str, object]:
    return {"state": at, "missing": missing, "withhold": withhold, "report": report}


RULES: dict[str, Rule] = {"w9.state": state}
