"""Form 1099-NEC as CSV for the IRIS portal, under the header of the template the IRS publishes.

The header changes every year, so the file that a user downloaded for the year is the form: its
columns are filled by name, in its order. Columns of boxes are known by their box (`Box 4 - …`).
"""

import csv
import io
import re
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from vendorops.domain.jurisdiction import Inputs, Jurisdiction, LawOfDay, Rule
from vendorops.domain.refusal import Refused
from vendorops.law.us.form_1099nec import boxes_of
from vendorops.law.us.information_return import Year

BOX = re.compile(r"Box ([0-9]+[a-z]?)\b")
NEEDED = ("tax_year", "recipient_tin", "nonemployee_compensation", "federal_tax_withheld")
"""A template without columns for these is not the one of the form and year."""
FORM_TYPE = "1099-NEC"
UNSAFE = ("=", "+", "-", "@", "\t", "\r", "\n")


class BadTemplate(Refused):
    """A template that is not the one of the form and year, or rows that cannot be in it."""


class Filled(BaseModel):
    """A template's header line, and what stands in each return by our names."""

    model_config = ConfigDict(extra="forbid", strict=True)
    year: Year
    header: str
    returns: Annotated[list[dict[str, str]], Field(min_length=1)]


def csv_files(inputs: Inputs, place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return the files for a year's returns, and which columns of the template stay empty.

    Details that the template has no column for are left out and told; an amount is refused.
    """
    asked = Filled.model_validate(inputs)
    law = place.law_of(date(asked.year, 1, 1))
    names = columns_of(asked.header, law)
    always = {"form": FORM_TYPE, "tax_year": str(asked.year)}
    rows = [always | row for row in asked.returns]
    given = {name for row in rows for name in row}
    details = set(_known(law).values())
    stray = sorted(given - {*always, *names.values()} - details)
    if stray:
        raise BadTemplate(f"the template has no column for {', '.join(stray)}; leave these out")
    most = int(law.number("iris.returns_per_file"))
    parts = [rows[at : at + most] for at in range(0, len(rows), most)]
    return {
        "files": [written(asked.header, names, part) for part in parts],
        "left_out": sorted(given - {*always, *names.values()}),
        "left_empty": [column for column, name in names.items() if name not in given],
    }


def columns_of(header: str, law: LawOfDay) -> dict[str, str]:
    """Return the template's columns in order, each with our name for it; empty where we have none.

    Raises BadTemplate where a column is there twice, or one is missing that the form needs.
    """
    columns = next(csv.reader(io.StringIO(header.removeprefix("\ufeff"))), [])
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if not columns or twice:
        told = f"it has {', '.join(twice)} twice" if twice else "it is empty"
        raise BadTemplate(f"the template is not read: {told}; download it again")
    known = _known(law)
    meanings = {box: meaning for meaning, box in boxes_of(law).items()}
    found = {}
    for column in columns:
        box = BOX.match(column)
        found[column] = meanings.get(box[1], "") if box else known.get(column, "")
    missing = [name for name in NEEDED if name not in found.values()]
    if missing:
        raise BadTemplate(
            f"the template has no column for {', '.join(missing)}: take the one of Form 1099-NEC "
            f"for {law.day.year} (boxes {', '.join(sorted(meanings))})"
        )
    return found


def _known(law: LawOfDay) -> dict[str, str]:
    """Return the columns that we can fill besides boxes: the column's name to ours."""
    pairs = (pair.rpartition("=") for pair in law.text("iris.columns").split("|"))
    return {column: name for column, _, name in pairs}


def written(header: str, names: dict[str, str], rows: list[dict[str, str]]) -> str:
    """Return one file: the template's own header line, then a line a return."""
    text = io.StringIO()
    text.write(header.removeprefix("\ufeff").splitlines()[0] + "\r\n")
    writer = csv.writer(text, lineterminator="\r\n")
    for at, row in enumerate(rows, start=1):
        for name, value in row.items():
            if value.startswith(UNSAFE) or "\n" in value:
                raise BadTemplate(f"return {at}: {name} begins like a formula; correct the record")
        writer.writerow([row.get(name, "") if name else "" for name in names.values()])
    return text.getvalue()


RULES: dict[str, Rule] = {"1099nec.iris_csv": csv_files}
