"""People in bulk by spreadsheet: one row each, turned into the shape of the JSON file."""

from collections.abc import Sequence

from vendorops.documents.forms import BadForm
from vendorops.gateways.spreadsheet import Sheet
from vendorops.talent.importing import Given

PLAIN = ("id", "workerReference", "jurisdiction")
LISTS = ("positions", "industries", "languages")
PARTS = {
    "availability": ("validFrom", "validTo"),
    "remuneration": ("currency", "hourlyAmount"),
}
COLUMNS = (
    *("id", "workerReference", "name", "scheme", "number", "birthDate", "email", "jurisdiction"),
    *("positions", "industries", "languages", "workLocations", "validFrom", "validTo"),
    *("currency", "hourlyAmount"),
)
"""Of a spreadsheet of people; lists are written `2.3.4:80; 2.3.5`, with the strength after `:`."""


def people_of(sheets: Sequence[Sheet]) -> list[Given]:
    """Return the entries of the first sheet, one a row, in the shape of the JSON file."""
    rows = sheets[0].rows if sheets else ()
    if not rows:
        raise BadForm("the sheet is empty; write the names of the columns in the first row")
    names = [cell.strip() for cell in rows[0].cells]
    unknown = sorted(set(names) - set(COLUMNS) - {""})
    return [
        Given(row.number, _entry(dict(zip(names, row.cells, strict=False)), unknown))
        for row in rows[1:]
    ]


def _entry(cells: dict[str, str], unknown: Sequence[str]) -> dict[str, object]:
    said = {name: text.strip() for name, text in cells.items() if text.strip()}
    entry: dict[str, object] = {name: said[name] for name in (*unknown, *PLAIN) if name in said}
    for name in LISTS:
        entry[name] = [_claimed(each) for each in _split(said.get(name, ""))]
    entry["workLocations"] = _split(said.get("workLocations", ""))
    for name, parts in PARTS.items():
        told = {part: said[part] for part in parts if part in said}
        entry |= {name: told} if told else {}
    return entry | _person(said)


def _person(said: dict[str, str]) -> dict[str, object]:
    if "workerReference" in said:
        return {}
    person: dict[str, object] = {
        "formattedName": said.get("name", ""),
        "legalId": {"schemeId": said.get("scheme", ""), "value": said.get("number", "")},
    }
    person |= {name: said[name] for name in ("birthDate", "email") if name in said}
    return {"person": person}


def _split(text: str) -> list[str]:
    return [each.strip() for each in text.split(";") if each.strip()]


def _claimed(text: str) -> dict[str, object]:
    code, _, strength = text.partition(":")
    digits = strength.strip()
    if not digits:
        return {"code": code.strip()}
    return {"code": code.strip(), "proficiency": int(digits) if digits.isdecimal() else digits}
