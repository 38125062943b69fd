"""The levy on fees to self-employed artists and publicists (Künstlersozialabgabe).

Sources: KSVG s. 24 to 27. It is owed by who pays, on top, for the calendar year; whether the
artist is insured does not matter, and fees to companies do not count.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from vendorops.domain.jurisdiction import Inputs, Jurisdiction, LawOfDay, Rule
from vendorops.domain.money import Money, Rounding

OWN_ADVERTISING = "own advertising/general clause"


class Fees(BaseModel):
    """The fees of a calendar year."""

    model_config = ConfigDict(extra="forbid", strict=True)
    year: Annotated[int, Field(ge=2023, le=2100)]
    annual_fees_ex_vat: str
    payer_class: Literal["own advertising/general clause", "typical exploiter"]


def levy_on(fees: Money, law: LawOfDay, *, typical: bool) -> Money:
    """Return the levy on the fees of a year, rounded half up to the cent.

    Typical exploiters owe it from the first euro, others on the whole if it is above the limit.
    """
    free = law.money("artists_levy.free_total", fees.currency)
    if not typical and fees.minor <= free.minor:
        return Money(0, fees.currency)
    return fees.times(law.number("artists_levy.rate"), rounding=Rounding.HALF_UP)


def levy(inputs: Inputs, place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return the levy of a year."""
    asked = Fees.model_validate(inputs)
    fees = Money.parse(asked.annual_fees_ex_vat, place.currency)
    law = place.law_of(date(asked.year, 1, 1))
    return {"levy": levy_on(fees, law, typical=asked.payer_class != OWN_ADVERTISING).text}


RULES: dict[str, Rule] = {"ksa.levy": levy}
