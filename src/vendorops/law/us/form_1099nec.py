"""Form 1099-NEC: its boxes by revision, and the yearly return of what payees were paid.

Sources: 26 U.S.C. 6041A, 6071(c); the form itself. A payee is on it who reached the threshold of
the year, or from whom tax was kept back.
"""

import csv
import io
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from vendorops.domain.dated import Dated
from vendorops.domain.jurisdiction import (
    DueRule,
    Inputs,
    Jurisdiction,
    LawOfDay,
    Return,
    ReturnFacts,
    ReturnRow,
    Rule,
)
from vendorops.domain.money import Money
from vendorops.domain.periods import Calendar, Period
from vendorops.law.us.information_return import due_day, reportable

FORM = "us.1099nec"
AT_HOME = "us"
BEGIN = date(2025, 1, 1)
COLUMNS = ("form", "tax_year", "revision", "payer", "payee", "identity")


class YearPaid(BaseModel):
    """What one payee was paid in a calendar year, by what it was for; amounts as text."""

    model_config = ConfigDict(extra="forbid", strict=True)
    year: Annotated[int, Field(ge=2025, le=2100)]
    nonemployee_compensation: str
    federal_tax_withheld: str = "0"
    cash_tips: str = "0"
    overtime: str = "0"
    golden_parachute: str = "0"
    direct_sales: str = "0"
    state_tax_withheld: str = "0"
    state_income: str = "0"
    tipped_occupation: str = ""
    state_number: str = ""


def boxes_of(law: LawOfDay) -> dict[str, str]:
    """Return the boxes of the day's revision: what is written there, to the box."""
    pairs = (box.split("=") for box in law.text("form_1099nec.boxes").split("|"))
    return {meaning: box for box, meaning in pairs}


def boxes(inputs: Inputs, place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return what stands in which box of the revision for a year; boxes left empty are absent.

    What a revision has no box for is told under `without_box`: it is part of the compensation.
    """
    asked = YearPaid.model_validate(inputs)
    law = place.law_of(date(asked.year, 1, 1))
    known = boxes_of(law)
    told: dict[str, object] = {}
    for meaning, text in asked.model_dump(exclude={"year", "direct_sales"}).items():
        if meaning in ("tipped_occupation", "state_number"):
            told |= {meaning: text} if text else {}
        elif Money.parse(text, place.currency):
            told[meaning] = Money.parse(text, place.currency).text
    least = law.money("form_1099nec.direct_sales_from", place.currency)
    if Money.parse(asked.direct_sales, place.currency).minor >= least.minor:
        told["direct_sales"] = "X"
    return {
        "revision": law.text("form_1099nec.revision"),
        "boxes": {known[meaning]: value for meaning, value in told.items() if meaning in known},
        "without_box": sorted(meaning for meaning in told if meaning not in known),
    }


def end_of_january(period: Period, calendar: Calendar, law: LawOfDay) -> date:
    """Return the last day for the returns of the calendar year."""
    return due_day(period.start.year, calendar, law)


def reported(facts: ReturnFacts, law: LawOfDay) -> list[ReturnRow]:
    """Return the payees who are on the form: enough was paid, or tax was kept back.

    A payee from abroad from whom nothing was kept back is on Form 1042-S, whatever was paid.
    """
    return [
        row
        for row in facts.in_order
        if row.withheld or (row.home in ("", AT_HOME) and reportable(row.income, law))
    ]


def render(facts: ReturnFacts) -> bytes:
    """Return the form as CSV in UTF-8, a row a payee, and a row of totals of what is on it."""
    if facts.law is None:
        raise TypeError("the form is filled by the law of its year; ask the place to render it")
    law, text = facts.law, io.StringIO()
    known, revision = boxes_of(law), law.text("form_1099nec.revision")
    paid, kept = known["nonemployee_compensation"], known["federal_tax_withheld"]
    head = (FORM, str(facts.period.start.year), revision, facts.agent)
    rows = reported(facts, law)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((*COLUMNS, f"box_{paid}", f"box_{kept}"))
    for row in rows:
        amounts = (row.income.text, row.withheld.text)
        writer.writerow((*head, row.payee, row.identity, *amounts))
    sums = (
        sum((getattr(row, name) for row in rows), start=Money(0, facts.currency)).text
        for name in ("income", "withheld")
    )
    writer.writerow((*head, "total", "", *sums))
    return text.getvalue().encode()


DUE: Dated[DueRule] = Dated(f"due day of {FORM}", {BEGIN: end_of_january})

RETURN = Return(
    form=FORM,
    title="Form 1099-NEC, nonemployee compensation",
    taxes=("us.backup_withholding",),
    due=DUE,
    render=render,
    suffix="csv",
    months=12,
    fills="1099nec.iris_csv",
)
RULES: dict[str, Rule] = {"1099nec.boxes": boxes}
