"""Show what pay plans came to, stretch by stretch, and what of it was entered."""

from datetime import datetime
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.commands.earnings.agreeing import told
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, day_option, json_option, opener
from vendorops.domain.earnings import KIND
from vendorops.domain.money import Money
from vendorops.tables import (
    AgreedTerm,
    Contract,
    CreditMemo,
    EarnedLine,
    ServiceSheet,
    WorkItem,
)
from vendorops.working.earning import facts_known, statements, told_statement
from vendorops.working.earning.entered import memo_of


@click.command()
@click.option(
    "--contract", "reference", help="Only CON-…; every contract with a plan unless given."
)
@day_option
@json_option
def show(reference: str | None, as_of: datetime | None, *, as_json: bool) -> None:
    """Show plans, what their facts come to by now, and the lines that were entered."""
    with opener(READER, as_of)() as books:
        query = select(AgreedTerm).where(col(AgreedTerm.kind) == KIND)
        if reference:
            wanted = books.named(Contract, reference).id
            query = query.where(col(AgreedTerm.contract_id) == wanted)
        rows = list(books.session.exec(query.order_by(col(AgreedTerm.id))))
        emit([told(books, row) for row in rows], as_json=as_json, title="Pay plans", kind="plan")
        for ident in dict.fromkeys(row.contract_id for row in rows):
            contract = books.get(Contract, ident)
            title = f"Statements of {contract.reference}"
            found = statements(books, contract, facts_known(books, contract), books.as_of)
            emit(map(told_statement, found), as_json=as_json, title=title, kind="statement")
        lines = _lines(books, [row.id for row in rows])
    emit(lines, as_json=as_json, title="Entered", kind="line")


def _lines(books: Books, plans: list[int]) -> list[dict[str, Any]]:
    query = select(EarnedLine).where(col(EarnedLine.agreed_term_id).in_(plans))
    return [_line(books, line) for line in books.session.exec(query.order_by(col(EarnedLine.id)))]


def _line(books: Books, line: EarnedLine) -> dict[str, Any]:
    contract = books.get(Contract, line.contract_id)
    return {
        "line": line.reference,
        "contract": contract.reference,
        "stretch": line.stretch,
        "what": line.kind if line.number == 1 else f"{line.kind}, correction {line.number - 1}",
        "due": Money(line.due_minor, contract.currency),
        "entered": Money(line.net_minor, contract.currency),
        **_became(books, line),
    }


def _became(books: Books, line: EarnedLine) -> dict[str, Any]:
    """Return what a line became, and how far that is."""
    if line.work_item_id:
        item = books.get(WorkItem, line.work_item_id)
        sheet = books.get(ServiceSheet, item.service_sheet_id)
        return {"as": item.reference, "on": sheet.reference, "status": sheet.status}
    memo: CreditMemo | None = memo_of(books, line)
    return {"as": memo.reference, "on": None, "status": memo.status} if memo else {}
