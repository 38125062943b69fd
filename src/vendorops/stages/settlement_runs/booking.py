"""Books a sealed run: the transfers that every settlement alone would post, by column."""

from itertools import count
from typing import Any

from sqlalchemy import literal
from sqlalchemy import select as sql
from sqlmodel import col

from vendorops.books import AccountName, Books, log, post
from vendorops.books.blocks import Given, fill_rows
from vendorops.books.ledger import account
from vendorops.stages.settlement_runs.block import mine
from vendorops.tables import (
    LedgerAccount,
    Settlement,
    SettlementRun,
    Supplier,
    Transfer,
    Withholding,
)


def book(books: Books, run: SettlementRun, event: log.Happened) -> None:
    """Book what every settlement alone would book, by column."""
    post(books, event)  # Nothing yet, but refused where the month is closed.
    query: Any = (
        sql(
            col(Settlement.reference),
            col(Settlement.net_minor),
            col(Settlement.tax_minor),
            col(Settlement.withheld_minor),
            col(Supplier.reference),
            col(Supplier.party_id),
            col(Withholding.tax),
            col(LedgerAccount.id),
        )
        .join(Supplier, col(Supplier.id) == col(Settlement.supplier_id))
        .join(Withholding, col(Withholding.settlement_id) == col(Settlement.id))
        .outerjoin(
            LedgerAccount,
            (col(LedgerAccount.code) == literal("payable/").concat(col(Supplier.reference)))
            & (col(LedgerAccount.currency) == run.currency),
        )
        .where(mine(books, run, col(Settlement.id)))
        .order_by(col(Settlement.id))
    )
    rows = [*books.session.connection().execute(query).all()]
    payable = _payables(books, run, rows)
    named = (
        AccountName(f"expense/{run.program}", "expense"),
        AccountName(f"input-tax/{run.place}", "asset"),
        AccountName(f"withheld-tax/{run.place}", "liability", floor_minor=0),
    )
    expense, input_tax, withheld = (account(books, name, run.currency).id for name in named)
    made = [
        (debit, credit, minor, f"settlement/{row[0]}/{what}")
        for row, owed in zip(rows, payable, strict=True)
        for debit, credit, minor, what in (
            (expense, owed, row[1], "net"),
            (input_tax, owed, row[2], "tax"),
            (owed, withheld, row[3], f"withheld/{row[6]}"),
        )
        if minor
    ]
    fill_rows(books, Transfer, _transfers(books, run, event, made))


def _payables(books: Books, run: SettlementRun, rows: list[Any]) -> list[int]:
    """Return the account of what we owe each payee, opening those that are missing."""
    missing = [row for row in rows if row[7] is None]
    key = books.keys(len(missing)) if missing else 0
    if missing:
        columns: dict[str, Any] = {
            "id": [*range(key, key + len(missing))],
            "code": [f"payable/{row[4]}" for row in missing],
            "kind": "liability",
            "currency": run.currency,
            "party_id": [row[5] for row in missing],
            "floor_minor": 0,
        }
        fill_rows(books, LedgerAccount, columns)
    opened = count(key)
    return [next(opened) if row[7] is None else row[7] for row in rows]


def _transfers(
    books: Books, run: SettlementRun, event: log.Happened, made: list[tuple[int, int, int, str]]
) -> Given:
    key = books.keys(len(made))
    debit, credit, minor, keys = map(list, zip(*made, strict=True))
    return {
        "id": [*range(key, key + len(made))],
        "debit_id": debit,
        "credit_id": credit,
        "currency": run.currency,
        "amount_minor": minor,
        "business_day": books.as_of,
        "event_id": event.id,
        "key": keys,
        "reverses_id": None,
    }
