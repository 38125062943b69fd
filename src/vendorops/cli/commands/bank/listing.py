"""Lists statements, gaps between them, unexplained lines, and payments that came back in part."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click
from sqlmodel import col, select

from vendorops.books import Books
from vendorops.cli.printing import emit
from vendorops.cli.session import READER, day_option, json_option, opener
from vendorops.cli.waiting import waits_for
from vendorops.domain.lifecycle import BankEntryStatus
from vendorops.domain.money import Money
from vendorops.paying.paying_again import ENDED
from vendorops.paying.statement_gaps import gaps
from vendorops.tables import (
    BankAccount,
    BankEntry,
    BankStatement,
    CheckFinding,
    LegalEntity,
    PartReturn,
    Payment,
)


@click.command("list")
@click.option("--open", "only_open", is_flag=True, help="Only what is not explained.")
@day_option
@json_option
def list_(as_of: datetime | None, *, only_open: bool, as_json: bool) -> None:
    """List what banks told, what is missing between it, and what is not explained."""
    with opener(READER, as_of)() as books:
        statements = [] if only_open else [_statement(books, row) for row in _statements(books)]
        missing = [*_gaps(books)]
        lines = [_line(books, row) for row in _open(books)]
        parts = [*_parts(books, only_open=only_open)]
    if not only_open:
        emit(statements, as_json=as_json, title="Statements", kind="statement")
    emit(missing, as_json=as_json, title="Missing between statements", kind="gap")
    emit(lines, as_json=as_json, title="Not explained", kind="line")
    emit(parts, as_json=as_json, title="Came back in part", kind="part")


def _statements(books: Books) -> list[BankStatement]:
    return list(books.session.exec(select(BankStatement).order_by(col(BankStatement.id))))


def _statement(books: Books, row: BankStatement) -> dict[str, Any]:
    def money(minor: int | None) -> Money | None:
        return None if minor is None else Money(minor, row.currency)

    return {
        "statement": row.reference,
        "account": books.get(BankAccount, row.bank_account_id).reference,
        "told_as": row.kind,
        "ident": row.ident,
        "opening": money(row.opening_minor),
        "closing": money(row.closing_minor),
        "closing_on": row.closing_on,
        "lines": row.lines,
    }


def _gaps(books: Books) -> Iterator[dict[str, Any]]:
    query = select(BankAccount).join(
        LegalEntity, col(LegalEntity.party_id) == col(BankAccount.party_id)
    )
    for account in books.session.exec(query.order_by(col(BankAccount.reference))).all():
        for gap in gaps(books, account):
            yield {
                "account": account.reference,
                "after": gap.before.reference,
                "before": gap.after.reference,
                "why": gap.why,
            }


def _parts(books: Books, *, only_open: bool) -> Iterator[dict[str, Any]]:
    """Yield the parts of payments that came back, or of these what nothing pays anew yet."""
    for row in books.session.exec(select(PartReturn).order_by(col(PartReturn.id))).all():
        query = select(Payment).where(
            col(Payment.returned_by_id) == row.bank_entry_id, col(Payment.status).not_in(ENDED)
        )
        anew = books.session.exec(query).one_or_none()
        if anew is None or not only_open:
            yield {
                "part": row.reference,
                "payment": books.get(Payment, row.payment_id).reference,
                "line": books.get(BankEntry, row.bank_entry_id).reference,
                "amount": Money(row.amount_minor, row.currency),
                "paid_anew_by": anew.reference if anew else None,
                "status": anew.status if anew else None,
            }


def _open(books: Books) -> list[BankEntry]:
    query = select(BankEntry).where(col(BankEntry.status) == BankEntryStatus.OPEN)
    return list(books.session.exec(query.order_by(col(BankEntry.id))))


def _line(books: Books, row: BankEntry) -> dict[str, Any]:
    query = select(CheckFinding).where(
        col(CheckFinding.subject_table) == "bankentry", col(CheckFinding.subject_id) == row.id
    )
    found = list(books.session.exec(query.order_by(col(CheckFinding.id))))
    return {
        "line": row.reference,
        "statement": books.get(BankStatement, row.bank_statement_id).reference,
        "direction": row.direction,
        "amount": Money(row.amount_minor, row.currency),
        "booked_on": row.booked_on,
        "finding": found[-1].code if found else None,
        "why": found[-1].message if found else None,
        **waits_for(books, row),
    }
