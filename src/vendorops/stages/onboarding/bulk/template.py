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
from vendorops.stages.onboarding.bulk.examples import NOTES, examples, typed
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
    particulars = dict(_particulars(kind, templates / program / "sample.yaml"))
    columns = [KEY, *(path for path in _columns(kind, place, day) if path not in SHARED)]
    columns += [path for path in particulars if path not in columns]
    usual = examples(kind, place, day, _papers(kind, place, day)) | particulars
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


def _particulars(kind: Program, sample: Path) -> Iterator[tuple[str, str]]:
    """Return what the templates of a program ask for beside, with what their sample says.

    What the contract states as facts is asked for in the columns of those facts.
    """
    if not sample.is_file():
        return
    said: Any = read_content(sample.read_bytes(), sample.name).get("particulars", {})
    for name, value in said.items():
        facts = typed(kind, name)
        if facts is not None:
            yield from facts.items()
            continue
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
