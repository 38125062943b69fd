"""The statement of a settlement: from what was claimed to what is paid, each step with its reason.

It shows what the approver saw: the content whose hash was approved travels inside the file.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import col, select

from vendorops.books import Books, canonical
from vendorops.documents.contracts import DocumentOrder, RenderedDocument, render_document
from vendorops.documents.notices.heading import heading, said
from vendorops.documents.notices.reasons import REASONS_ZH
from vendorops.documents.notices.tax_names import tax_name
from vendorops.documents.statements import credits_of, settlement_statement, withholdings_of
from vendorops.domain.matching import Reason
from vendorops.domain.measure import price_text, quantity_text
from vendorops.domain.money import Money, total
from vendorops.tables import (
    Contract,
    Difference,
    Invoice,
    InvoiceLine,
    Settlement,
    SettlementLine,
    Withholding,
)

KIND = "settlement-statement"
Row = dict[str, str | Money]
SENTENCES = {reason.value: reason.sentence for reason in Reason}


@dataclass(frozen=True)
class _Line:
    """A claim line and what the settlement pays of it."""

    invoice: Invoice
    line: InvoiceLine
    paid: SettlementLine

    @property
    def name(self) -> str:
        return f"{self.invoice.reference}/{self.line.line}"

    @property
    def unpaid(self) -> Money:
        return Money(self.line.net_minor - self.paid.net_minor, self.invoice.currency)


def settlement_paper(
    books: Books, settlement: Settlement, languages: str = ""
) -> RenderedDocument:
    """Set the statement of a settlement; the same rows give the same bytes."""
    contract = books.get(Contract, settlement.contract_id)
    head = heading(books, contract, languages)
    account = statement_account(books, settlement, head["languages"])
    fields = {**head, **written(account, figure)}
    terms = canonical(settlement_statement(books, settlement))
    order = DocumentOrder(KIND, contract.place, settlement.as_of, fields, terms)
    return render_document(books.settings.templates, order)


def statement_account(
    books: Books, settlement: Settlement, languages: str
) -> dict[str, str | Money | list[Row]]:
    """Return every amount of a settlement with its reason, from gross to net."""
    lines, currency = _lines(books, settlement), settlement.currency
    withheld = Money(settlement.withheld_minor, currency)
    payable = Money(settlement.payable_minor, currency)
    deducted = total([each.unpaid for each in lines], currency)
    credited = total(
        [
            Money(part.net_minor + part.tax_minor, currency)
            for _, part in credits_of(books, settlement)
        ],
        currency,
    )
    return {
        "reference": settlement.reference,
        "day": settlement.as_of.isoformat(),
        "month": settlement.month,
        "currency": currency,
        "lines": [_claimed(each) for each in lines] + _vat(books, settlement, languages),
        "deductions": _deductions(books, settlement, lines, languages)
        + _credits(books, settlement),
        "taxes": [_tax(row, languages) for row in withholdings_of(books, settlement)],
        "gross": payable + withheld + deducted + credited,
        "deducted": deducted + credited,
        "withheld": withheld,
        "net": payable,
    }


def written(
    account: Mapping[str, str | Money | list[Row]], write: Callable[[Money], str]
) -> dict[str, str | list[dict[str, str]]]:
    """Return a statement with its amounts written: thousands apart for people, plain as data."""

    def text(value: str | Money) -> str:
        return write(value) if isinstance(value, Money) else value

    return {
        name: [{key: text(cell) for key, cell in row.items()} for row in value]
        if isinstance(value, list)
        else text(value)
        for name, value in account.items()
    }


def _lines(books: Books, settlement: Settlement) -> list[_Line]:
    query = (
        select(Invoice, InvoiceLine, SettlementLine)
        .join(InvoiceLine, col(InvoiceLine.invoice_id) == col(Invoice.id))
        .join(SettlementLine, col(SettlementLine.invoice_line_id) == col(InvoiceLine.id))
        .where(col(SettlementLine.settlement_id) == settlement.id)
        .order_by(col(Invoice.reference), col(InvoiceLine.line))
    )
    return [_Line(*row) for row in books.session.exec(query)]


def _claimed(each: _Line) -> Row:
    line, currency = each.line, each.invoice.currency
    counted = f"{quantity_text(line.quantity_e4)} x {price_text(line.price_e6)}"
    return {
        "what": f"{each.name} {line.description}",
        "reason": f"{line.work_reference} {counted}".strip(),
        "amount": Money(line.net_minor, currency),
    }


def _vat(books: Books, settlement: Settlement, languages: str) -> list[Row]:
    """Return the tax that invoices add to what is paid, where they do, before credits."""
    credited = sum(part.tax_minor for _, part in credits_of(books, settlement))
    invoiced = Money(settlement.tax_minor + credited, settlement.currency)
    if not invoiced:
        return []
    return [
        {
            "what": said(languages, zh="增值税", en="Value-added tax"),
            "reason": said(languages, zh="发票所列", en="as invoiced on what is paid"),
            "amount": invoiced,
        }
    ]


def _deductions(
    books: Books, settlement: Settlement, lines: list[_Line], languages: str
) -> list[Row]:
    """Return each line of which less is paid than claimed, with every reason for it."""
    disputed = _disputed(books, settlement, lines)
    return [
        {
            "what": f"{each.name} {each.line.description}",
            "reason": " ".join(_because(reason, languages) for reason in disputed[each.line.id]),
            "amount": each.unpaid,
        }
        for each in lines
        if each.unpaid
    ]


def _credits(books: Books, settlement: Settlement) -> list[Row]:
    """Return each credit memo that is taken off, with its tax."""
    return [
        {
            "what": f"{memo.reference} {memo.source_reference}",
            "reason": memo.sentence,
            "amount": Money(part.net_minor + part.tax_minor, settlement.currency),
        }
        for memo, part in credits_of(books, settlement)
    ]


def _disputed(books: Books, settlement: Settlement, lines: list[_Line]) -> Mapping[int, list[str]]:
    """Return the reasons by line, as the newest month said that the settlement could know."""
    query = select(Difference).where(
        col(Difference.invoice_line_id).in_([each.line.id for each in lines]),
        col(Difference.reconciliation_id) <= settlement.reconciliation_id,
        col(Difference.treatment) == "disputed",
    )
    found: defaultdict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in books.session.exec(query.order_by(col(Difference.id))):
        found[row.invoice_line_id][row.reconciliation_id].append(row.reason)
    newest = {line: told[max(told)] for line, told in found.items()}
    return defaultdict(list, newest)


def _because(reason: str, languages: str) -> str:
    return said(languages, zh=REASONS_ZH[reason], en=SENTENCES[reason])


def _tax(row: Withholding, languages: str) -> Row:
    """Return one tax with the law behind it: each source once, in the order it was read."""
    sources = dict.fromkeys(str(cited["source"]) for cited in json.loads(row.citations))
    return {
        "what": tax_name(row.place, row.tax, languages),
        "law": "; ".join(sources),
        "amount": Money(row.amount_minor, row.currency),
    }


def figure(money: Money) -> str:
    """Write an amount for people, thousands apart.

    >>> figure(Money(-123456789, "CNY"))
    '-1,234,567.89'
    """
    return f"{Decimal(money.text):,}"
