"""Which sellers a platform reports (DAC7): personal services always, goods above a size."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from vendorops.domain.jurisdiction import Inputs, Jurisdiction, Rule
from vendorops.domain.money import Money


class SellerYear(BaseModel):
    """What one seller did through a platform in a calendar year."""

    model_config = ConfigDict(extra="forbid", strict=True)
    year: Annotated[int, Field(ge=2023, le=2100)]
    activity: Literal["personal_service", "goods", "immovable_property", "transport_rental"]
    consideration: str
    """What was paid or credited, without fees and taxes the platform kept."""
    activities: Annotated[int, Field(ge=0)]
    excluded: Literal["government", "listed", ""] = ""
    """Sellers that are never reported."""


class Year(BaseModel):
    """The year that is reported."""

    model_config = ConfigDict(extra="forbid", strict=True)
    year: Annotated[int, Field(ge=2023, le=2100)]


def reportable(inputs: Inputs, place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return whether a seller is reported, and why."""
    asked = SellerYear.model_validate(inputs)
    law = place.law_of(date(asked.year, 1, 1))
    got = Money.parse(asked.consideration, place.currency)
    sales, amount = law.number("platform_sellers.goods_sales"), "platform_sellers.goods_amount"
    few = asked.activities < sales and got.minor <= law.money(amount, place.currency).minor
    if asked.excluded:
        return {"report": False, "because": f"a {asked.excluded} seller is excluded"}
    if not asked.activities or not got:
        return {"report": False, "because": "nothing was sold in the year"}
    if asked.activity == "goods" and few:
        return {"report": False, "because": "few sales of goods of a small amount"}
    return {"report": True, "because": f"{asked.activity} is reported"}


def due(inputs: Inputs, place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return the last day for the report of a year; member states may move it off holidays."""
    year = Year.model_validate(inputs).year
    law = place.law_of(date(year + 1, 1, 1))
    return {"due": date(year + 1, 1, int(law.number("platform_sellers.due_day"))).isoformat()}


RULES: dict[str, Rule] = {"dac7.reportable": reportable, "dac7.due": due}
