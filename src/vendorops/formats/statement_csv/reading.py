"""Rows of a statement as a claim."""

import re
from datetime import date

from vendorops.domain.claim import ClaimDocument, ClaimLine
from vendorops.domain.delimited import BadTable
from vendorops.domain.measure import extended, price_e6, price_text, quantity_e4, quantity_text
from vendorops.domain.money import Money, exact, total
from vendorops.formats._claim import NotAnInvoice, TotalsDisagree, plain_number
from vendorops.formats.statement_csv.columns import NEEDED, WHOLE
from vendorops.formats.statement_csv.table import Row, rows

DAY = r"(\d{4})([-/])(\d\d?)\2(\d\d?)"
MOST_PERCENT = 100


def read(data: bytes) -> ClaimDocument:
    """Return what the statement says; refused when it is broken or contradicts itself."""
    table = list(rows(data))
    if not table:
        raise NotAnInvoice("the statement has no rows below its header; send it with its lines")
    first = table[0]
    currency = first.value("currency", _currency)
    for row in table:
        _check_row(row, first)
    lines = tuple(_line(row, currency) for row in table)
    net = total([line.net for line in lines], currency)
    tax = total([_tax(row, currency) for row in table], currency)
    _check_total(first, net + tax)
    return ClaimDocument(
        format="statement_csv",
        kind="statement",
        number=first.text("statement"),
        issue_date=first.value("date", _day),
        currency=currency,
        seller_name=first.text("seller"),
        seller_identifiers=(first.text("seller id"),),
        buyer_name=first.text("buyer"),
        contract_reference=first.text("contract"),
        net=net,
        tax=tax,
        gross=net + tax,
        payable=net + tax,
        lines=lines,
    )


def _check_row(row: Row, first: Row) -> None:
    for column in NEEDED:
        if not row.text(column):
            raise BadTable(f"row {row.number}, column {column}: the cell is empty; fill it in")
    for column in WHOLE:
        if row.text(column) != first.text(column):
            raise BadTable(
                f"row {row.number}, column {column}: it differs from row {first.number};"
                " send one statement per file"
            )


def _check_total(first: Row, gross: Money) -> None:
    if not first.text("total"):
        return
    stated = first.value("total", lambda text: _money(text, gross.currency))
    if stated != gross:
        raise TotalsDisagree(
            f"the rows and their tax add up to {gross}, but the stated total is {stated};"
            " ask the supplier for a corrected statement"
        )


def _line(row: Row, currency: str) -> ClaimLine:
    quantity = row.value("quantity", lambda text: quantity_e4(plain_number(text)))
    price = row.value("price", lambda text: price_e6(plain_number(text)))
    net = row.value("amount", lambda text: _money(text, currency))
    product = row.value("quantity", lambda _: extended(quantity, price, currency))
    if net != product:
        raise TotalsDisagree(
            f"row {row.number}: {quantity_text(quantity)} x {price_text(price)} is {product},"
            f" but the amount is {net}; ask the supplier for a corrected statement"
        )
    return ClaimLine(
        number=row.text("line"),
        description=row.text("description"),
        quantity_e4=quantity,
        unit=row.text("unit"),
        price_e6=price,
        net=net,
        tax_category="",
        tax_rate_e4=row.value("tax rate", _rate),
        work_reference=row.text("work reference"),
    )


def _money(text: str, currency: str) -> Money:
    return Money.parse(plain_number(text), currency)


def _tax(row: Row, currency: str) -> Money:
    return row.value("tax", lambda text: _money(text or "0", currency))


def _rate(text: str) -> int:
    percent = exact(plain_number(text.removesuffix("%").strip() or "0"))
    scaled = percent.scaleb(2)
    if scaled != scaled.to_integral_value() or not 0 <= percent <= MOST_PERCENT:
        raise ValueError("the cell is not a percentage of at most two decimals; correct it")
    return int(scaled)


def _currency(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", text, re.ASCII):
        raise ValueError("the cell is not a currency; write its ISO 4217 code, such as CNY")
    return text


def _day(text: str) -> date:
    found = re.fullmatch(DAY, text, re.ASCII)
    if not found:
        raise ValueError("the cell is not a date; write it as 2026-10-31")
    return date(int(found[1]), int(found[3]), int(found[4]))
