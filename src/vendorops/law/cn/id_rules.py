"""Answers of `law evaluate` on numbers of companies, people and invoices (id.*).

Sources: GB 32100 and GB 11714 (companies), GB 11643 (residents), SAT Announcement 2024 No. 11,
art. 4 (digital invoices: 2 digits of the year, 2 province, 1 channel, 15 serial).
"""

import re
from datetime import date
from functools import partial

from vendorops.domain.jurisdiction import Inputs, Jurisdiction, Rule
from vendorops.domain.refusal import Refused
from vendorops.identifiers import identifier
from vendorops.law.cn.asking import Asked

INVOICE = re.compile(r"(\d{2})(\d{2})(\d)(\d{15})", re.ASCII)
PARTS = ("year", "region", "channel", "serial")


class Number(Asked):
    """A number as it was written."""

    value: str


def by_scheme(scheme: str, inputs: Inputs, _place: Jurisdiction, _day: date) -> dict[str, object]:
    """Tell whether a number is of a scheme of identifiers/."""
    try:
        identifier(scheme).check(Number.model_validate(inputs).value)
    except Refused as refusal:
        return {"valid": False, "why": str(refusal)}
    return {"valid": True}


def invoice(inputs: Inputs, _place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return the parts of a digital invoice's number; it has no check digit."""
    found = INVOICE.fullmatch(Number.model_validate(inputs).value.strip())
    if not found:
        return {"valid": False, "why": "a digital invoice has twenty digits"}
    return {"valid": True, **dict(zip(PARTS, found.groups(), strict=True))}


RULES: dict[str, Rule] = {
    "id.uscc": partial(by_scheme, "cn_uscc"),
    "id.citizen": partial(by_scheme, "cn_ric"),
    "id.efapiao_number": invoice,
}
