"""Books a sealed run: the transfers that every settlement alone would post.

What they say lies in the database already, so it is made there: to fetch it and give it back by
row takes twice as long.
"""

from typing import Any, NamedTuple

from sqlalchemy import exists, insert, literal, null, select
from sqlmodel import col

from vendorops.books import AccountName, Books, log, post
from vendorops.books.ledger import account
from vendorops.stages.settlement_runs.block import mine, settlements
from vendorops.tables import (
    LedgerAccount,
    Settlement,
    SettlementRun,
    Supplier,
    Transfer,
    Withholding,
)
from vendorops.tables.columns import Day

SETTLEMENT, OWED = col(Settlement.id), col(LedgerAccount.id)
CODE = literal("payable/").concat(col(Supplier.reference))
"""Of the account of what we owe a payee."""
REFERENCE = literal("settlement/").concat(col(Settlement.reference))


class Part(NamedTuple):
    """One transfer of each settlement that has the amount."""

    debit: Any
    credit: Any
    minor: Any
    key: Any


def book(books: Books, run: SettlementRun, event: log.Happened) -> None:
    """Book what every settlement alone would book, by a statement for each kind of transfer."""
    post(books, event)  # Nothing yet, but refused where the month is closed.
    _open_payables(books, run)
    named = (
        AccountName(f"expense/{run.program}", "expense"),
        AccountName(f"input-tax/{run.place}", "asset"),
        AccountName(f"withheld-tax/{run.place}", "liability", floor_minor=0),
    )
    expense, input_tax, withheld = (account(books, name, run.currency).id for name in named)
    books.session.flush()
    taxed = REFERENCE.concat("/withheld/").concat(col(Withholding.tax))
    for part in (
        Part(literal(expense), OWED, col(Settlement.net_minor), REFERENCE.concat("/net")),
        Part(literal(input_tax), OWED, col(Settlement.tax_minor), REFERENCE.concat("/tax")),
        Part(OWED, literal(withheld), col(Settlement.withheld_minor), taxed),
    ):
        _post(books, run, event, part)


def _open_payables(books: Books, run: SettlementRun) -> None:
    """Open the account of what we owe each payee where it is missing."""
    known = exists().where(col(LedgerAccount.code) == CODE, _in(LedgerAccount, run))
    columns = {
        "id": _keys(books, run),
        "code": CODE,
        "kind": literal("liability"),
        "currency": literal(run.currency),
        "party_id": col(Supplier.party_id),
        "floor_minor": literal(0),
    }
    query = (
        select(*columns.values())
        .join(Supplier, col(Supplier.id) == col(Settlement.supplier_id))
        .where(mine(books, run, SETTLEMENT), ~known)
    )
    _enter(books, LedgerAccount, [*columns], query)


def _post(books: Books, run: SettlementRun, event: log.Happened, part: Part) -> None:
    columns = {
        "id": _keys(books, run),
        "debit_id": part.debit,
        "credit_id": part.credit,
        "currency": literal(run.currency),
        "amount_minor": part.minor,
        "business_day": literal(books.as_of, Day()),
        "event_id": literal(event.id),
        "key": part.key,
        "reverses_id": null(),
    }
    query = (
        select(*columns.values())
        .select_from(Settlement)
        .join(Supplier, col(Supplier.id) == col(Settlement.supplier_id))
        .join(Withholding, col(Withholding.settlement_id) == SETTLEMENT)
        .join(LedgerAccount, (col(LedgerAccount.code) == CODE) & _in(LedgerAccount, run))
        .where(mine(books, run, SETTLEMENT), part.minor != 0)
    )
    _enter(books, Transfer, [*columns], query)


def _in(table: Any, run: SettlementRun) -> Any:  # noqa: ANN401 - a table, and a condition on it.
    return col(table.currency) == run.currency


def _keys(books: Books, run: SettlementRun) -> Any:  # noqa: ANN401 - a term of a query.
    """Return fresh keys, in the order of the settlements of a run."""
    block = settlements(books, run)
    return SETTLEMENT + (books.keys(block.count) - block.first_id)


def _enter(books: Books, table: Any, names: list[str], query: Any) -> None:  # noqa: ANN401 - a table and a query.
    books.session.connection().execute(insert(table).from_select(names, query))
