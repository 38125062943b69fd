"""Answers of `law evaluate` on taxpayer numbers, and the file that the IRS matches names with.

Numbers: python-stdnum through identifiers/. The file is that of Publication 2108-A: a line a
payee of type, number, name and account; its answer has a result code behind each line.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from vendorops.domain.jurisdiction import Inputs, Jurisdiction, LawOfDay, Rule
from vendorops.domain.refusal import Refused
from vendorops.identifiers import identifier

KINDS = {"ein": "us_ein", "ssn": "us_ssn", "itin": "us_itin"}
"""Kinds of taxpayer number, and their schemes."""
NINE_DIGITS = re.compile(r"[0-9]{9}", re.ASCII)


class BadMatchFile(Refused):
    """Rows that the IRS would not match, or an answer that is none."""


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Number(_Asked):
    """A number as somebody wrote it."""

    value: str


class MatchRow(_Asked):
    """A payee whose name and number are asked about."""

    kind: Literal["ein", "ssn", "itin", "unknown"]
    tin: str
    name: Annotated[str, Field(min_length=1)]
    account: Annotated[str, Field(pattern=r"^[0-9A-Za-z]*$")] = ""
    """Our own sign for the payee, such as the reference of a supplier without its hyphens."""


class MatchRows(_Asked):
    """A file to be."""

    rows: list[MatchRow]


class MatchAnswer(_Asked):
    """The text of an answered file."""

    text: str


def is_valid(scheme: str, text: str) -> bool:
    """Tell whether a text is a number of a scheme.

    >>> is_valid("us_ssn", "536-90-4399"), is_valid("us_ssn", "123-00-4567")
    (True, False)
    """
    try:
        identifier(scheme).check(text)
    except Refused:
        return False
    return True


def valid(scheme: str, inputs: Inputs, _place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return whether a text is a number of a scheme."""
    return {"valid": is_valid(scheme, Number.model_validate(inputs).value)}


def any_kind(inputs: Inputs, _place: Jurisdiction, _day: date) -> dict[str, object]:
    """Return which kinds of taxpayer number a text may be."""
    text = Number.model_validate(inputs).value
    kinds = [kind for kind, scheme in KINDS.items() if is_valid(scheme, text)]
    return {"valid": bool(kinds), "kinds": kinds}


def match_file(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return the file for a number of payees; too many for one file are refused."""
    rows = MatchRows.model_validate(inputs).rows
    return {"rows": len(rows), "text": written(rows, place.law_of(day))}


def written(rows: Iterable[MatchRow], law: LawOfDay) -> str:
    """Return the file: a line a payee, names without what the IRS does not take.

    Raises BadMatchFile, naming the row and never the number.
    """
    asked = list(rows)
    most = int(law.number("taxpayer_numbers.match_rows"))
    if not 0 < len(asked) <= most:
        raise BadMatchFile(f"a file has 1 to {most} payees, not {len(asked)}; make several files")
    types = dict(zip(("ein", "ssn", "unknown"), _parts(law, "match_types"), strict=True))
    types["itin"] = types["ssn"]  # The IRS keeps both in one file of people.
    return "".join(
        ";".join((types[row.kind], _digits(row, at), _name(row, at, law), row.account)) + "\r\n"
        for at, row in enumerate(asked, start=1)
    )


def _digits(row: MatchRow, at: int) -> str:
    digits = row.tin.replace("-", "").replace(" ", "")
    if not NINE_DIGITS.fullmatch(digits):
        raise BadMatchFile(f"row {at}: the number has no nine digits; compare it with the W-9")
    return digits


def _name(row: MatchRow, at: int, law: LawOfDay) -> str:
    """Return a name of letters, digits, blanks, hyphens and ampersands, cut to what is read."""
    plain = " ".join(re.sub(r"[^0-9A-Za-z&\- ]", "", row.name).split())
    if not plain:
        raise BadMatchFile(f"row {at}: the name has no Latin letters; write it as on the W-9")
    return plain[: int(law.number("taxpayer_numbers.match_name_length"))].rstrip()


def match_result(inputs: Inputs, place: Jurisdiction, day: date) -> dict[str, object]:
    """Return what the IRS answered of each account: the code, its meaning, whether it matches."""
    law = place.law_of(day)
    meanings = _parts(law, "match_results")
    matching = _parts(law, "match_is_right")
    told = []
    for at, line in enumerate(MatchAnswer.model_validate(inputs).text.splitlines(), start=1):
        cells = line.split(";")
        code = cells[-1].strip()
        if len(cells) < 4 or not code.isdigit() or int(code) >= len(meanings):  # noqa: PLR2004 - what was sent.
            raise BadMatchFile(
                f"line {at} has no result code of 0 to {len(meanings) - 1} at its end"
            )
        account = cells[3] if len(cells) > 4 else ""  # noqa: PLR2004 - and the code.
        told.append(
            {
                "account": account,
                "code": int(code),
                "meaning": meanings[int(code)],
                "matches": code in matching,
            }
        )
    return {"results": told}


def _parts(law: LawOfDay, name: str) -> list[str]:
    return [part.strip() for part in law.text(f"taxpayer_numbers.{name}").split("|")]


RULES: dict[str, Rule] = {
    **{f"id.{kind}": partial(valid, scheme) for kind, scheme in KINDS.items()},
    "id.tin": any_kind,
    "tin_match.file": match_file,
    "tin_match.result": match_result,
}
