"""Try pay plans out on facts from a file, without books."""

from pathlib import Path
from typing import Any

import click

from vendorops.cli.printing import emit
from vendorops.cli.session import file_argument, json_option
from vendorops.domain.refusal import Refused
from vendorops.working.earning import Tried, read_cases, told_statement, tried


class NotAsExpected(Refused):
    """A case came to something else than it says."""


@click.command("try")
@file_argument
@json_option
def try_out(file: Path, *, as_json: bool) -> None:
    """Calculate the cases of FILE (YAML): plans, facts, and what they are expected to come to."""
    found = [tried(case) for case in read_cases(file.read_bytes(), file.name)]
    for each in found:
        rows = [told_statement(statement) for statement in each.statements]
        if as_json:
            rows = [{"case": each.case, **row} for row in rows]
        emit(rows, as_json=as_json, title=each.case, kind="statement")
    emit([_told(each) for each in found], as_json=as_json, title="Cases", kind="case")
    wrong = sum(bool(each.differences) for each in found)
    if wrong:
        raise NotAsExpected(f"{wrong} of {len(found)} cases came to something else; see above")


def _told(each: Tried) -> dict[str, Any]:
    return {
        "case": each.case,
        "stretches": len(each.statements),
        "refused": each.refused or None,
        "as_expected": "no" if each.differences else "yes",
        "differences": "; ".join(each.differences) or None,
    }
