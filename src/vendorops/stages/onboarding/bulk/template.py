"""The workbook in which people write applications in bulk, made for one program and place."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from vendorops import identifiers, law, programs
from vendorops.documents.forms import read_content
from vendorops.documents.workbooks import Column, Table, workbook
from vendorops.domain.program import Program
from vendorops.domain.requirement import Serving
from vendorops.requirements import required
from vendorops.stages.onboarding.bulk.columns import ANY, EACH, KEY, choices, needed, patterns
from vendorops.stages.onboarding.bulk.sheets import COMMON, EXAMPLE, MAIN

SHARED = (
    "legal_entity",
    "program",
    "place",
    "supplier_kind",
    "party.place",
    "bank_account.currency",
    "contract.currency",
    "contract.start",
    "contract.end",
)
"""What applications handed in together mostly have in common."""
READ_ME = (
    "Write one application in each row of the sheet applications, below the column names.",
    f"What the sheet {COMMON} says holds for every row that does not say otherwise.",
    "Yellow column names must be filled in, here or there; notes on the names say how.",
    f"The row whose key is {EXAMPLE} shows how, and is left out when the file is read.",
    "Cells are text, so that numbers keep their leading zeros. Formulas are refused.",
    "More documents or terms: add columns such as documents.3.kind,",
    "or a sheet documents or terms whose column key names the row that each belongs to.",
    "Files that the rows name are handed in beside the workbook, in one folder.",
)


def template(templates: Path, program: str, place: str, day: date) -> bytes:
    """Return the workbook; refused where the program or the place is not known."""
    kind = programs.program(program)
    law.place(place)
    particulars = dict(_particulars(templates / program / "sample.yaml"))
    columns = [KEY, *(path for path in _columns(kind, place, day) if path not in SHARED)]
    columns += particulars
    usual = _examples(kind, place, day) | particulars
    shared = [(path, usual.get(path, ""), _note(path)) for path in SHARED if path in patterns()]
    example = [EXAMPLE if path == KEY else usual.get(path, "") for path in columns]
    return workbook(
        [
            Table(MAIN, [_column(path, kind, place, day) for path in columns], [example]),
            Table(COMMON, [Column("column"), Column("value"), Column("meaning")], shared),
            Table("read me", [Column("How to fill this in")], [(line,) for line in READ_ME]),
        ]
    )


def _columns(kind: Program, place: str, day: date) -> Iterator[str]:
    counts = {"contract.terms": len(kind.terms), "documents": len(_papers(kind, place, day)) or 1}
    groups: dict[str, list[str]] = {}
    for path in patterns():
        start, _, rest = path.partition(f".{EACH}.")
        if not rest and ANY not in path and EACH not in path:
            yield path
        elif start in counts and EACH not in rest and ANY not in rest:
            groups.setdefault(start, []).append(rest)
    for start, fields in groups.items():
        for number in range(1, counts[start] + 1):
            yield from (f"{start}.{number}.{field}" for field in fields)


def _papers(kind: Program, place: str, day: date) -> list[str]:
    """Return the kinds of documents that some supplier of the program must hold there."""
    asked = (required(Serving(kind.code, place, who, place), day) for who in choices("party.kind"))
    return list(dict.fromkeys(needed.kind for each in asked for needed in each))


def _particulars(sample: Path) -> Iterator[tuple[str, str]]:
    """Return what the templates of a program ask for beside, with what their sample says."""
    if not sample.is_file():
        return
    said: Any = read_content(sample.read_bytes(), sample.name).get("particulars", {})
    for name, value in said.items():
        path = f"contract.particulars.{name}"
        if isinstance(value, str):
            yield path, value
            continue
        for number, row in enumerate(value, start=1):
            yield from ((f"{path}.{number}.{key}", text) for key, text in row.items())


def _column(path: str, kind: Program, place: str, day: date) -> Column:
    if path == KEY:
        return Column(KEY, "Any name of yours for the row; results are reported with it.")
    offered = _offered(path, kind, place, day)
    return Column(path, _note(path), offered, needed(path))


def _offered(path: str, kind: Program, place: str, day: date) -> tuple[str, ...]:
    last = path.rpartition(".")[2]
    if last == "scheme":
        return tuple(code for code in identifiers.codes() if code != "bic")
    if path.startswith("documents.") and last == "kind":
        return tuple(_papers(kind, place, day))
    if path.startswith("contract.terms.") and last == "code":
        return tuple(term.code for term in kind.terms)
    if last == "supplier_kind":
        return kind.supplier_kinds
    return choices(path)


def _note(path: str) -> str:
    last = path.rpartition(".")[2]
    told = NOTES.get(path) or NOTES.get(last) or ""
    return f"{told} Must be filled in.".strip() if needed(path) else told


NOTES = {
    "legal_entity": "Code of our company that buys.",
    "signer": "Handle of who is to sign for the supplier: small letters, digits, dots.",
    "name": "As in the register.",
    "scheme": "What kind of number it is.",
    "number": "As printed; check digits are checked. It is kept encrypted.",
    "bank": "BIC for an IBAN, else the number of the bank in its clearing system.",
    "holder": "As the bank knows the account.",
    "cap": "The most that may be spent, such as 600000.00.",
    "start": "The first day, written 2026-10-01.",
    "end": "The first day no longer covered, written 2027-10-01.",
    "valid_from": "A day, written 2026-10-01.",
    "valid_to": "The first day on which it no longer holds, written 2027-10-01.",
    "value": "A price in the contract's currency, or a share such as 0.18.",
    "file": "Name of the file in the folder of documents.",
    "volume": "Planned quantity of one month, if any.",
}


def _examples(kind: Program, place: str, day: date) -> dict[str, str]:
    """Return an invented application, path by path."""
    scheme = next((code for code in identifiers.codes() if code.startswith(f"{place}_")), "")
    number = identifiers.identifier(scheme).EXAMPLE if scheme else ""
    currency = str(law.place(place).CURRENCY)
    who = "person" if kind.supplier_kinds == ("freelancer",) else "organization"
    said = {
        "program": kind.code,
        "place": place,
        "supplier_kind": kind.supplier_kinds[0],
        "signer": "mara.example",
        "party.kind": who,
        "party.name": "Mara Example" if who == "person" else "Example Services Ltd.",
        "party.place": place,
        "party.identifier.scheme": scheme,
        "party.identifier.number": number,
        "party.address": "12 Harbour Road",
        "party.email": "contracts@services.example",
        "bank_account.scheme": "cn_account",
        "bank_account.number": "0012345678901234",
        "bank_account.bank": "102290002916",
        "bank_account.holder": "Mara Example" if who == "person" else "Example Services Ltd.",
        "bank_account.currency": currency,
        "contract.currency": currency,
        "contract.start": date(day.year + 1, 1, 1).isoformat(),
        "contract.end": date(day.year + 2, 1, 1).isoformat(),
        "contract.cap": "600000.00",
        "contract.scope": kind.title,
    }
    for at, term in enumerate(kind.terms, start=1):
        value = "0.18" if term.kind == "share" else "46.50"
        facts = {"code": term.code, "value": value, "description": term.title}
        said |= {f"contract.terms.{at}.{name}": text for name, text in facts.items()}
    for at, paper in enumerate(_papers(kind, place, day), start=1):
        since, until = date(day.year - 1, 1, 1), date(day.year + 9, 1, 1)
        facts = {"kind": paper, "issuer": "Registry", "number": number, "file": f"{paper}.pdf"}
        facts |= {"valid_from": since.isoformat(), "valid_to": until.isoformat()}
        said |= {f"documents.{at}.{name}": text for name, text in facts.items()}
    return said
