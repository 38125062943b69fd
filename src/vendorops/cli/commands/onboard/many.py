"""Starts the onboarding of every row of a spreadsheet, and says what became of each."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from sqlmodel import col, select

from vendorops.cli.commands.onboard.given import STAGE, Given
from vendorops.cli.printing import emit
from vendorops.documents.workbooks import check_ending, write_rows
from vendorops.domain.refusal import Refused
from vendorops.gateways.spreadsheet import read_sheets
from vendorops.stages import Outcome, sweep_together
from vendorops.stages.onboarding.bulk import Result, enter_lines, lines_of, roots
from vendorops.tables import Qualification

SPREADSHEETS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
"""Endings of files that are read as spreadsheets; the reader says which of them it refuses."""
TOGETHER = 50
"""Cases checked in one transaction."""
SHOWN = 20
"""Rows that are not in order shown to people; the result file has all of them."""


class RowsRefused(Refused):
    """Some rows were not entered, or their cases cannot go on."""


def onboard_many(file: Path, given: Given) -> None:
    """Enter the rows, check the cases, write and print what became of each."""
    if given.result:
        check_ending(given.result)
    sheets = read_sheets(file.read_bytes(), roots())
    lines = lines_of(sheets, given.defaults.read_bytes() if given.defaults else b"")
    with _watched("Entering", len(lines)) as seen:
        folder = given.documents or file.parent
        results = enter_lines(given.applicant, lines, folder, given.mode, seen)
    checked = _check(given, results) if given.check else Outcome()
    rows = [_row(result, dict(checked.refused), set(checked.waiting)) for result in results]
    if given.result:
        texts = [{name: str(value or "") for name, value in row.items()} for row in rows]
        write_rows(given.result, "results", texts)
    _tell(rows, given)


def _check(given: Given, results: Sequence[Result]) -> Outcome:
    """Check what is in the books as far as it goes without people, many cases at a time."""
    wanted = {result.case for result in results if result.case}
    with given.stage() as books:
        idents = [
            ident
            for ident, reference, status in books.session.exec(
                select(Qualification.id, Qualification.reference, Qualification.status).order_by(
                    col(Qualification.id)
                )
            )
            if reference in wanted and status in ("submitted", "in_review")
        ]
    outcome = Outcome()
    with _watched("Checking", len(idents)) as seen:
        for start in range(0, len(idents), TOGETHER):
            batch = idents[start : start + TOGETHER]
            outcome.add(sweep_together(STAGE, given.stage, batch))
            seen(len(batch))
    return outcome


def _row(result: Result, refused: dict[str, str], waiting: set[str]) -> dict[str, Any]:
    return {
        "line": result.line,
        "key": result.key,
        "outcome": result.outcome,
        "case": result.case or None,
        "reason": result.reason or None,
        "waits": "for a decision" if result.case in waiting else None,
        "cannot_go_on": refused.get(result.case),
    }


@contextmanager
def _watched(label: str, count: int) -> Iterator[Callable[[int], None]]:
    """Lend what shows a progress bar, where somebody watches."""
    bar: Any = click.progressbar(
        length=count, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()
    )
    with bar:
        yield bar.update


def _tell(rows: list[dict[str, Any]], given: Given) -> None:
    wrong = [row for row in rows if row["outcome"] == "refused" or row["cannot_go_on"]]
    counted = Counter(row["outcome"] for row in rows)
    said = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counted.items()))
    if given.as_json:
        emit(rows, as_json=True)
    else:
        emit(wrong[:SHOWN], as_json=False, title="Not in order")
        where = f"; what became of each row is in {given.result}" if given.result else ""
        click.echo(f"{len(rows)} rows: {said}{where}")
    if wrong:
        more = "" if given.result or given.as_json else "; write all reasons with --result FILE"
        raise RowsRefused(f"{len(wrong)} of {len(rows)} rows are not in order ({said}){more}")
