"""Posts and assigns tasks in bulk, a row each: all of them or none, or whatever is in order.

A row that names a task and a supplier assigns; any other posts. What was entered before is found
again and changes nothing, so a file whose import was ended midway is given again, whole.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError
from sqlmodel import col, select

from vendorops.books import Books, Opener, log
from vendorops.books.parts import part
from vendorops.documents.forms import mistakes
from vendorops.domain.delimited import BadTable
from vendorops.domain.importing import ALL
from vendorops.domain.refusal import Refused
from vendorops.gateways.spreadsheet import read_sheets
from vendorops.tables import Supplier, Task, TaskAssignment
from vendorops.working.tasks.columns import Filled, rows_of
from vendorops.working.tasks.engaging import assign
from vendorops.working.tasks.posting import PostForm, post

ASSIGNING = ("task", "supplier")
COLUMNS = (*PostForm.model_fields, *ASSIGNING)
BATCH = 100
"""Rows in one transaction: other writers wait for less than a second."""
ENTERED, UNCHANGED, REFUSED, HELD = "entered", "unchanged", "refused", "held"
NOTHING_WRONG = "nothing is wrong here; it is entered once nothing is wrong with any row"
Seen = Callable[[int], None]
"""Told how many more rows are done, for whoever watches."""


@dataclass(frozen=True)
class Result:
    """What became of a row."""

    line: int
    key: str
    outcome: str
    """`entered`, `unchanged`, `refused`, or `held` because of other rows."""
    reference: str
    reason: str


class _UndoneError(Exception):
    """Nothing of this transaction is to be kept."""


def read_rows(data: bytes) -> list[Filled]:
    """Return the rows of an XLSX or CSV file; refused where it is none of tasks, or empty."""
    rows = list(rows_of(read_sheets(data, COLUMNS), COLUMNS))
    if not rows:
        raise BadTable("the file has no row below its column names; fill some in")
    return rows


def load(
    opener: Opener, rows: Sequence[Filled], mode: str, seen: Seen = lambda _: None
) -> list[Result]:
    """Enter rows and say of each what became of it.

    In mode `all` either every row is entered, in one transaction, or none; in mode `partial` what
    is in order is, in batches.
    """
    if mode == ALL:
        return _all(opener, rows, seen)
    results = []
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        with opener() as books:
            results += [_apart(books, row) for row in batch]
        seen(len(batch))
    return results


def _all(opener: Opener, rows: Sequence[Filled], seen: Seen) -> list[Result]:
    results = []
    try:
        with opener() as books:
            for row in rows:
                results.append(_apart(books, row))
                seen(1)
            _check_none_refused(results)
    except _UndoneError:
        return [_held(result) for result in results]
    return results


def _check_none_refused(results: Sequence[Result]) -> None:
    if any(result.outcome == REFUSED for result in results):
        raise _UndoneError


def _held(result: Result) -> Result:
    if result.outcome != ENTERED:
        return result
    return replace(result, outcome=HELD, reference="", reason=NOTHING_WRONG)


def _apart(books: Books, row: Filled) -> Result:
    """Enter a row; where it is refused, nothing of it is kept and the others are not touched."""
    key = row.cells["key"] or str(row.number)
    if row.fault:
        return Result(row.number, key, REFUSED, "", row.fault)
    before = log.lock(books.session).seq
    try:
        with part(books):
            reference = _assigned(books, row) if row.cells["task"] else _posted(books, row)
    except Refused as refusal:
        return Result(row.number, key, REFUSED, "", str(refusal))
    unchanged = log.lock(books.session).seq == before
    return Result(row.number, key, UNCHANGED if unchanged else ENTERED, reference, "")


def _posted(books: Books, row: Filled) -> str:
    said = {name: cell for name, cell in row.cells.items() if cell}
    try:
        form = PostForm.model_validate(said)
    except ValidationError as error:
        told = "; ".join(
            f"column {'.'.join(map(str, place))} {what}" for place, what in mistakes(error)
        )
        raise BadTable(told) from None
    return post(books, form).reference


def _assigned(books: Books, row: Filled) -> str:
    extra = [name for name, cell in row.cells.items() if cell and name not in (*ASSIGNING, "key")]
    if extra:
        raise BadTable(
            f"columns {', '.join(extra)}: a row that names a task assigns it; empty them, or post"
            " a new task in a row without one"
        )
    task = books.named(Task, row.cells["task"])
    supplier = books.named(Supplier, row.cells["supplier"])
    query = select(TaskAssignment).where(
        col(TaskAssignment.task_id) == task.id, col(TaskAssignment.supplier_id) == supplier.id
    )
    known = books.session.exec(query).one_or_none()
    return (known or assign(books, task, supplier)).reference
