"""Who reported the facts that earnings rest on, and therefore does not decide about them."""

import json
from collections.abc import Sequence

from sqlmodel import col, select

from vendorops.books import Books
from vendorops.books.remembering import remembered
from vendorops.domain.earnings import KIND
from vendorops.tables import AgreedTerm, EarnedLine, EarningFact, ServiceSheet, WorkItem


def fact_reporters(books: Books, sheet: ServiceSheet) -> tuple[str, ...]:
    """Return who reported the facts behind a sheet; nobody where it holds no earnings."""
    if not remembered(books, "any pay plan", lambda: _any_plan(books)):
        return ()
    query = (
        select(EarnedLine)
        .join(WorkItem, col(WorkItem.id) == col(EarnedLine.work_item_id))
        .where(col(WorkItem.service_sheet_id) == sheet.id)
    )
    return reporters_behind(books, books.session.exec(query.order_by(col(EarnedLine.id))).all())


def _any_plan(books: Books) -> bool:
    query = select(AgreedTerm.id).where(col(AgreedTerm.kind) == KIND).limit(1)
    return books.session.exec(query).first() is not None


def reporters_behind(books: Books, lines: Sequence[EarnedLine]) -> tuple[str, ...]:
    """Return who reported the facts that some lines rest on, each once."""
    found: set[str] = set()
    for line in lines:
        row = books.get(AgreedTerm, line.agreed_term_id)
        keys = json.loads(line.calculation).get("facts", [])
        query = select(EarningFact.reported_by).where(
            col(EarningFact.contract_id) == row.contract_id,
            col(EarningFact.key).in_(keys)
            if line.kind == "earned"
            else col(EarningFact.kind) == line.kind,
        )
        found |= set(books.session.exec(query))
    return tuple(sorted(found))
