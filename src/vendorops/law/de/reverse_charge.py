"""Who owes the VAT on a service across a border, with the words and codes for the invoice.

Sources: Directive 2006/112/EC art. 44, 45, 196, 226(11a); UStG s. 3a, 13b, 14a, 18a.
"""

import re
from datetime import date

from pydantic import BaseModel, ConfigDict

from vendorops.domain.jurisdiction import Inputs, Jurisdiction, LawOfDay, Rule
from vendorops.domain.money import Money, Rounding
from vendorops.domain.refusal import Refused

HOME = "DE"
SPELT_ELSEWHERE = {"GR": "EL"}
"""Greece has another prefix in VAT numbers than in ISO 3166."""
COUNTRY = re.compile(r"([A-Z]{2})\b")
PRIVATE, VALID = "private", "VIES valid"


class NoCountry(Refused):
    """A party whose country is not told."""


class Invoiced(BaseModel):
    """A service, and between whom: each party begins with its country, such as `PL freelancer`."""

    model_config = ConfigDict(extra="forbid", strict=True)
    supplier: str
    customer: str
    """`private` tells a consumer, `VIES valid` a business whose number was confirmed."""
    net: str
    service: str = ""


def country(party: str) -> str:
    """Return the country that a party begins with, or refuse.

    >>> country("GR company"), country("DE")
    ('EL', 'DE')
    """
    found = COUNTRY.match(party)
    if not found:
        raise NoCountry(f"{party!r} names no country; begin with its code, such as FR company")
    return SPELT_ELSEWHERE.get(found[1], found[1])


def standard(net: Money, law: LawOfDay) -> Money:
    """Return the tax of the day on a net amount, rounded half up to the cent."""
    return net.times(law.number("reverse_charge.standard_rate"), rounding=Rounding.HALF_UP)


def inbound(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return what a business in Germany declares of a service that it buys."""
    asked = Invoiced.model_validate(inputs)
    net, law = Money.parse(asked.net, place.currency), place.law_of(day)
    tax, nothing = standard(net, law), Money(0, place.currency)
    if country(asked.supplier) == HOME:
        return {
            "invoice_vat": tax.text,
            "recipient_output_vat": nothing.text,
            "recipient_input_vat": tax.text,
            "net_effect": (-tax).text,
            "category": "S",
        }
    return {
        "invoice_vat": nothing.text,
        "recipient_output_vat": tax.text,
        "recipient_input_vat": tax.text,
        "net_effect": (tax - tax).text,
        "category": "AE",
        "note": law.text("reverse_charge.note"),
        "return_of": "13b(1)" if _is_member(asked.supplier, law) else "13b(2)",
    }


def outbound(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return what the invoice of a German supplier says of a service to a customer abroad."""
    asked = Invoiced.model_validate(inputs)
    net, law = Money.parse(asked.net, place.currency), place.law_of(day)
    abroad, member = country(asked.customer) != HOME, _is_member(asked.customer, law)
    is_consumer = PRIVATE in asked.customer
    confirmed = VALID in asked.customer or not member
    if not abroad or is_consumer:
        return _taxed(net, law)
    if not confirmed and law.text("reverse_charge.without_vat_id") == "hold":
        return {"hold": True, "because": "the customer has no confirmed VAT number"}
    if not confirmed:
        return _taxed(net, law)
    told: dict[str, object] = {"invoice_vat": Money(0, place.currency).text, "hold": False}
    if not member:
        return told | {"category": "O", "note": "", "ec_sales_list": False}
    return told | {
        "category": "AE",
        "note": law.text("reverse_charge.note"),
        "exemption_code": law.text("reverse_charge.exemption_code"),
        "ec_sales_list": True,
    }


def _taxed(net: Money, law: LawOfDay) -> dict[str, object]:
    told = {"invoice_vat": standard(net, law).text, "category": "S", "note": ""}
    return {**told, "ec_sales_list": False, "hold": False}


def _is_member(party: str, law: LawOfDay) -> bool:
    return country(party) in law.text("reverse_charge.members").split("|")


RULES: dict[str, Rule] = {
    "vat.reverse_charge.inbound": inbound,
    "vat.reverse_charge.outbound": outbound,
    "vat.reverse_charge.no_vat_id": outbound,
}
