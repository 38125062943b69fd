"""Tells what a person should know of files beside a return: what is empty, left out, unsure."""

from collections.abc import Mapping, Sequence

from vendorops.domain.finding import Finding, Level
from vendorops.domain.money import Money, total
from vendorops.filing_layouts import Sheet, Version

Facts = Mapping[str, str]


def sheet_findings(
    name: str, version: Version, tables: Mapping[str, Sequence[Sequence[str]]]
) -> list[Finding]:
    """Return what of a layout's filled sheets stays empty, and what could not be confirmed."""
    found = [] if version.sure else [_unsure(name, version.cite)]
    for sheet in version.sheets:
        found += _of_sheet(name, sheet, tables[sheet.name])
    return found


def left_out(name: str, version: Version, rows: Sequence[Facts], currency: str) -> list[Finding]:
    """Return which taxes of a return no sheet takes: of how many people, of how much, and why.

    `rows` are one a payee and tax, with income and withheld in the currency.
    """
    return [
        _left_out(name, tax, why, [row for row in rows if row["tax"] == tax], currency)
        for tax, why in sorted(version.leaves_out.items())
        if any(row["tax"] == tax for row in rows)
    ]


def _left_out(name: str, tax: str, why: str, rows: Sequence[Facts], currency: str) -> Finding:
    people = len({row["payee"] for row in rows})
    income, withheld = (
        total([Money.parse(row[what], currency) for row in rows], currency)
        for what in ("income", "withheld")
    )
    message = (
        f"{name} leaves out {tax} of {people} people, {income} with {withheld} withheld: {why}; "
        "enter them by hand"
    )
    return Finding("sheet-leaves-out", Level.WARNING, f"{name}: {tax}", message)


def _unsure(where: str, cite: str) -> Finding:
    message = f"{where} could not be confirmed ({cite}); compare it with what the office publishes"
    return Finding("layout-unconfirmed", Level.WARNING, where, message)


def _of_sheet(name: str, sheet: Sheet, table: Sequence[Sequence[str]]) -> list[Finding]:
    """Return which needed columns stay empty, and for how many, and what is not confirmed."""
    found = []
    for at, column in enumerate(sheet.columns):
        where = f"{name}: {sheet.name}: {column.title}"
        empty = sum(not row[at] for row in table[1:])
        if column.needed and empty:
            message = f"{where} stays empty for {empty} of {len(table) - 1}; fill it in by hand"
            found.append(Finding("sheet-incomplete", Level.WARNING, where, message))
        if not column.sure:
            found.append(_unsure(where, column.cite))
    return found
