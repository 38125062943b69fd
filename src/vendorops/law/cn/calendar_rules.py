"""Answers of `law evaluate` on last days for filing (calendar.*)."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from vendorops.domain.jurisdiction import Inputs, Jurisdiction, Rule
from vendorops.domain.periods import Period
from vendorops.law.cn.withholding_return import FORM


class FilingMonth(BaseModel):
    """The month in which something is filed."""

    model_config = ConfigDict(extra="forbid", strict=True)
    filing_month: str


def month_15(inputs: Inputs, place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return the last day for the monthly returns filed in a month."""
    month = Period.month(FilingMonth.model_validate(inputs).filing_month)
    deadline = place.due(FORM, Period.month_before(month.start))
    return {"due": deadline.day.isoformat()}


RULES: dict[str, Rule] = {"calendar.month_15": month_15}
