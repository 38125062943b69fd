"""Reads the table of a bank (CSV) by what a person said its columns mean.

Rows may run forwards or backwards: the balance after each row tells which, and proves that no row
is missing. A table whose balances do not follow from its amounts is refused whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from vendorops.domain.bank_layout import BankLayout
from vendorops.domain.bank_statement import OURS, Balance, BankLine, StatementRead, provided
from vendorops.domain.delimited import DELIMITERS, BadTable, decoded, records
from vendorops.domain.money import Money
from vendorops.domain.refusal import Refused
from vendorops.domain.statement_mapping import layout_sha256
from vendorops.formats._statement.days import day_of
from vendorops.formats._statement.figures import Figure, decimal_mark, plain_decimal

HEADER_WITHIN = 20
MOST_ROWS = 100_000
LONGEST = 140
AMOUNTS = ("amount", "debit", "credit", "balance")


class BadBankTable(Refused):
    """The table does not say what it must, or does not add up."""


@dataclass(frozen=True)
class _Row:
    """One row: its line, and what stood on the account after it."""

    number: int
    line: BankLine
    moved: int
    balance: int


def read_table(data: bytes, known: Sequence[BankLayout]) -> StatementRead:
    """Return what a table tells. Raises BadBankTable, also where no mapping is saved for it."""
    found = _found(data, known)
    if found is None:
        raise BadBankTable(
            "E_BANK_FORMAT: the file is no message of a bank, and no mapping is saved for its "
            "headings; save one with vendorops bank mapping save"
        )
    layout, rows = found
    if len(rows) > MOST_ROWS:
        raise BadBankTable(f"E_BANK_LIMIT: more than {MOST_ROWS} rows; export a shorter period")
    mark = layout.decimal or decimal_mark(_figures(layout, rows))
    read = _in_order([_row(layout, mark, number, cells) for number, cells in rows])
    if not read:
        raise BadBankTable("E_BANK_MISSING: the table has no row below its headings")
    first, last = read[0], read[-1]
    days = [row.line.booked_on or date.min for row in read]
    numbered = (replace(row.line, entry=at) for at, row in enumerate(read, start=1))
    return StatementRead(
        kind="statement",
        ident=f"{min(days)} to {max(days)}",
        sequence="",
        account=layout.account,
        currency=layout.currency,
        opening=Balance(first.balance - first.moved, min(days)),
        closing=Balance(last.balance, max(days)),
        lines=tuple(line for line in numbered if line.amount_minor),
    )


Cells = tuple[int, list[str]]
"""A row of the table with its number, as a spreadsheet counts."""


def _found(data: bytes, known: Sequence[BankLayout]) -> tuple[BankLayout, list[Cells]] | None:
    """Return the mapping whose headings a table has, and the rows below them."""
    by_hash: dict[str, list[BankLayout]] = {}
    for layout in known:
        by_hash.setdefault(layout.sha256, []).append(layout)
    try:
        text = decoded(data)
    except BadTable:
        return None
    for delimiter in DELIMITERS:
        try:
            rows = list(enumerate(records(text, delimiter), start=1))
        except BadTable:
            continue
        for at, (_, cells) in enumerate(rows[:HEADER_WITHIN]):
            fitting = by_hash.get(layout_sha256([cell.strip() for cell in cells]), [])
            if len(fitting) > 1:
                names = ", ".join(each.account for each in fitting)
                raise BadBankTable(f"E_BANK_WHOSE: it may be of {names}; take it with --account")
            if fitting:
                below = rows[at + 1 :]
                return fitting[0], [
                    (number, row) for number, row in below if any(map(str.strip, row))
                ]
    return None


def _figures(layout: BankLayout, rows: Sequence[Cells]) -> list[Figure]:
    return [
        Figure(number, name, _cell(layout, cells, name))
        for number, cells in rows
        for name in AMOUNTS
        if _cell(layout, cells, name)
    ]


def _cell(layout: BankLayout, cells: Sequence[str], meaning: str) -> str:
    at = layout.at(meaning)
    return cells[at].strip() if at is not None and at < len(cells) else ""


def _row(layout: BankLayout, mark: str, number: int, cells: list[str]) -> _Row:
    if len(cells) != len(layout.columns):
        raise BadBankTable(f"E_BANK_ROW: row {number} has not the columns of its headings")

    def minor(meaning: str) -> int:
        text = _cell(layout, cells, meaning)
        if not text:
            return 0
        plain = plain_decimal(Figure(number, meaning, text), mark)
        return Money.parse(plain, layout.currency).minor

    if not _cell(layout, cells, "balance"):
        raise BadBankTable(f"E_BANK_BALANCE: row {number} tells no balance; ask the bank")
    moved = minor("amount") + abs(minor("credit")) - abs(minor("debit"))
    texts = [
        cell for cell, (_, means) in zip(cells, layout.columns, strict=True) if means == "text"
    ]
    line = BankLine(
        entry=number,
        part=1,
        direction="credit" if moved > 0 else "debit",
        amount_minor=abs(moved),
        booked_on=day_of(
            number, "booked_on", _cell(layout, cells, "booked_on"), layout.date_order
        ),
        bank_reference=_cell(layout, cells, "reference")[:LONGEST],
        end_to_end_id=provided(_cell(layout, cells, "end_to_end_id"))[:LONGEST],
        named=tuple(dict.fromkeys(OURS.findall(" ".join(texts)))),
    )
    return _Row(number, line, moved, minor("balance"))


def _in_order(rows: list[_Row]) -> list[_Row]:
    """Return rows as they were booked; refused where balances do not follow either way."""
    backwards = rows[::-1]
    for order in (rows, backwards):
        if all(before.balance + after.moved == after.balance for before, after in pairwise(order)):
            return order
    broken = next(
        after.number
        for before, after in pairwise(rows)
        if before.balance + after.moved != after.balance
    )
    raise BadBankTable(
        f"E_BANK_BALANCE: the balance of row {broken} does not follow from its amount and the row "
        "before; a row is missing or changed: ask the bank for the table again"
    )
