"""By when a platform reports the sellers of a year in Germany (PStTG, which enacts DAC7).

Source: PStTG s. 13, 14. A last day that is not worked stays where it falls, so that no reading of
the law makes the report late. Who is reported is in law/eu: personal services always are.
"""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import (
    DueRule,
    Inputs,
    Jurisdiction,
    LawOfDay,
    Reminder,
    Rule,
)
from vendorops.domain.periods import Calendar, Period

BEGIN = date(2023, 1, 1)


class Year(BaseModel):
    """The year that is reported."""

    model_config = ConfigDict(extra="forbid", strict=True)
    year: Annotated[int, Field(ge=2023, le=2100)]


def next_january(period: Period, _calendar: Calendar, law: LawOfDay) -> date:
    """Return the last day for the report of a year."""
    return date(period.end.year, 1, int(law.number("platform_sellers.due_day")))


def due(inputs: Inputs, place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return the last day for the report of a year."""
    year = Year.model_validate(inputs).year
    period = Period(date(year, 1, 1), date(year + 1, 1, 1))
    law = place.law_of(period.end)
    day = next_january(period, place.calendar(range(year, year + 2)), law)
    return {"due": day.isoformat()}


RULES: dict[str, Rule] = {"platform_sellers.due": due}
REMINDERS = (
    Reminder(
        form="de.pstg.report",
        title="Yearly report of sellers on a platform (DAC7)",
        months=12,
        since=BEGIN,
        of_platforms=True,
        due=Dated[DueRule]("due day of the report of sellers", {BEGIN: next_january}),
    ),
)
