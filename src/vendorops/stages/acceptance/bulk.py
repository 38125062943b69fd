"""Answers many acceptances at once, from a spreadsheet of what was accepted of each piece of work.

A sheet is answered when every piece of it is listed: what nobody listed is nobody's decision. One
answered so before is left as it is, so that an import that was ended midway is given again.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from vendorops.books import Answer, Books, Opener, answer
from vendorops.books.questions import OPEN
from vendorops.domain.importing import PARTIAL
from vendorops.domain.lifecycle import DecisionStatus
from vendorops.domain.measure import quantity_e4, quantity_text
from vendorops.domain.refusal import Refused
from vendorops.gateways.spreadsheet import Sheet
from vendorops.stages.acceptance.asking import KIND
from vendorops.tables import Decision, ServiceSheet, WorkItem

COLUMNS = ("work", "accepted", "reason")


class BadTable(Refused):
    """The file has not the columns of a table of acceptances."""


class NotAllInOrder(Refused):
    """Something is not in order, and all of it or nothing was asked for."""


@dataclass(frozen=True)
class Said:
    """One row: how much of a piece of work is accepted."""

    line: int
    work: str
    accepted: str
    reason: str


@dataclass(frozen=True)
class Result:
    """What became of one row."""

    line: int
    work: str
    outcome: str
    """`answered`, `unchanged` or `refused`."""
    sheet: str = ""
    reason: str = ""


def rows_of(sheets: Sequence[Sheet]) -> list[Said]:
    """Return the rows of the first sheet below its names; raises BadTable without the columns."""
    rows = sheets[0].rows if sheets else ()
    names = [cell.strip().lower() for cell in rows[0].cells] if rows else []
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise BadTable(f"the table lacks {', '.join(missing)}; name columns {', '.join(COLUMNS)}")
    at = [names.index(name) for name in COLUMNS]

    def cell(row: tuple[str, ...], index: int) -> str:
        return row[index].strip() if index < len(row) else ""

    return [Said(row.number, *(cell(row.cells, index) for index in at)) for row in rows[1:]]


def accept_many(opener: Opener, rows: Sequence[Said], mode: str) -> list[Result]:
    """Answer every sheet that is listed whole; with `all`, every one of them or none.

    Raises NotAllInOrder in that mode, naming the first row that is not in order.
    """
    if mode == PARTIAL:
        with opener() as books:
            grouped = _by_sheet(books, rows)
        return _sorted(_each(opener, grouped))
    with opener() as books:
        results = [
            result
            for sheet, said in _by_sheet(books, rows).items()
            for result in _answered(books, sheet, said)
        ]
        wrong = next((result for result in _sorted(results) if result.outcome == "refused"), None)
        if wrong:
            raise NotAllInOrder(f"line {wrong.line}: {wrong.reason}; nothing was answered")
    return _sorted(results)


def _each(opener: Opener, grouped: Mapping[str, Sequence[Said]]) -> Iterator[Result]:
    for sheet, said in grouped.items():
        with opener() as books:
            yield from _answered(books, sheet, said)


def _sorted(results: Sequence[Result] | Iterator[Result]) -> list[Result]:
    return sorted(results, key=lambda result: result.line)


def _by_sheet(books: Books, rows: Sequence[Said]) -> dict[str, list[Said]]:
    """Return the rows by the reference of their sheet; under nothing, what is on none."""
    query = (
        select(WorkItem.reference, ServiceSheet.reference)
        .join(ServiceSheet, col(ServiceSheet.id) == col(WorkItem.service_sheet_id))
        .where(col(WorkItem.reference).in_({row.work for row in rows}))
    )
    known = dict(books.session.exec(query).all())
    found: dict[str, list[Said]] = {}
    for row in rows:
        found.setdefault(known.get(row.work, ""), []).append(row)
    return found


def _answered(books: Books, reference: str, rows: Sequence[Said]) -> list[Result]:
    try:
        if not reference:
            raise BadTable("no such work is in the books; copy its reference from the sheet")
        sheet = books.named(ServiceSheet, reference)
        outcome = _answer(books, sheet, rows)
    except Refused as refusal:
        return [Result(row.line, row.work, "refused", reference, str(refusal)) for row in rows]
    return [Result(row.line, row.work, outcome, reference) for row in rows]


def _answer(books: Books, sheet: ServiceSheet, rows: Sequence[Said]) -> str:
    accepted = _quantities(books, sheet, rows)
    asked = _question(books, sheet)
    verdict = "approve" if any(accepted.values()) else "reject"
    detail = {"accept": {name: quantity_text(e4) for name, e4 in accepted.items()}}
    said = detail if verdict == "approve" else {}
    told = (asked.answered_by, asked.answer, json.loads(asked.detail or "{}"))
    if asked.status == DecisionStatus.ANSWERED and told == (books.actor, verdict, said):
        return "unchanged"
    reasons = "; ".join(dict.fromkeys(row.reason for row in rows if row.reason))
    answer(books, Answer(asked.reference, verdict, reasons, said))
    return "answered"


def _quantities(books: Books, sheet: ServiceSheet, rows: Sequence[Said]) -> dict[str, int]:
    query = select(WorkItem.reference).where(col(WorkItem.service_sheet_id) == sheet.id)
    there = set(books.session.exec(query))
    counted = Counter(row.work for row in rows)
    twice = [name for name, count in counted.items() if count > 1]
    if twice:
        raise BadTable(f"{twice[0]} is there twice; keep one row of it")
    missing = sorted(there - set(counted))
    if missing:
        raise BadTable(
            f"{sheet.reference} has {missing[0]} too, {len(missing)} not listed in all; "
            "say of each how much is accepted"
        )
    return {row.work: quantity_e4(row.accepted) for row in rows}


def _question(books: Books, sheet: ServiceSheet) -> Decision:
    """Return the open question about a sheet, or the one answered last."""
    query = select(Decision).where(
        col(Decision.subject_table) == ServiceSheet.__name__.lower(),
        col(Decision.subject_id) == sheet.id,
        col(Decision.kind) == KIND,
        col(Decision.status).in_((*OPEN, DecisionStatus.ANSWERED)),
    )
    found = books.session.exec(query.order_by(col(Decision.id).desc())).first()
    if found is None:
        raise BadTable(f"nobody was asked about {sheet.reference} yet; run the acceptance first")
    return found
